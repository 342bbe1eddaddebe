import { parseArgs } from 'node:util';

/** What can be measured, in the order in which it is. `page` comes last: it fills Italy's catalogue with more memberships. */
export const measurements = ['start', 'eu', 'walk', 'page'] as const;
export type Measurement = (typeof measurements)[number];

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'run'; readonly only: readonly Measurement[]; readonly seconds: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

const defaultSeconds = 12;

export const usage = `Measures, always two things against one another in one run.

  npm run bench                     everything, in two minutes or so
  npm run bench -- --only page      one measurement; --only page,walk several
  npm run bench -- --seconds 60     so long for each measurement that repeats itself (${defaultSeconds})

  page    a page of 20 administrations with memberships and consortia: one statement, the subgraph, the gateway
  walk    the first and the last page of Italy
  start   from npm start to the first right answer, first and second start
  eu      one operation over all countries: the gateway, and the countries asked directly

It starts what it measures, on free ports and on files of its own, and stops it at the end and on Ctrl-C.`;

/** Reads the arguments after `bench.js`. */
export function parseArguments(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        only: { type: 'string', multiple: true },
        seconds: { type: 'string', default: String(defaultSeconds) },
      },
    });
    if (values.help) return { kind: 'help' };
    return readValues(values.only?.flatMap((names) => names.split(',')) ?? measurements, values.seconds);
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
  }
}

function readValues(names: readonly string[], seconds: string): Command {
  const unknown = names.find((name) => !measurements.some((known) => known === name));
  if (unknown !== undefined) {
    return { kind: 'refused', message: `--only ${unknown}: there is ${measurements.join(', ')}` };
  }
  if (!/^[1-9]\d{0,3}$/.test(seconds)) {
    return { kind: 'refused', message: `--seconds ${seconds}: must be a whole number from 1 to 9999` };
  }
  return { kind: 'run', only: measurements.filter((name) => names.includes(name)), seconds: Number(seconds) };
}
