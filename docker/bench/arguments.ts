import { parseArgs } from 'node:util';

/** What can be measured, in the order in which it is. `page` comes last: it fills Italy's catalogue with more memberships. */
export const measurements = ['start', 'eu', 'walk', 'scale', 'page'] as const;
export type Measurement = (typeof measurements)[number];

/** What is measured, and how. */
export interface Wishes {
  readonly only: readonly Measurement[];
  readonly seconds: number;
  /** How much of the Union `scale` makes up; 1 is all of it. */
  readonly share: number;
  /** Whether `scale` shows how PostgreSQL answers. */
  readonly plans: boolean;
}

/** What the command line asks for. */
export type Command =
  | ({ readonly kind: 'run' } & Wishes)
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

const defaults = { seconds: '12', share: '0.1' };

export const usage = `Measures, always two things against one another in one run.

  npm run bench                         everything, in ten minutes or so
  npm run bench -- page                 one measurement; page walk several
  npm run bench -- --seconds 60         so long for each measurement that repeats itself (${defaults.seconds})
  npm run bench -- scale --share 1      an index of the whole Union, which takes long to fill; without --share a tenth of it
  npm run bench -- scale --plans        and how PostgreSQL answers each of its questions

  page    a page of 20 administrations with memberships and consortia: one statement, the subgraph, the gateway
  walk    the first and the last page of Italy
  start   from npm start to the first right answer, first and second start
  eu      one operation over all countries: the gateway, and the countries asked directly
  scale   Europe's index of 27 made-up countries with 100,000 administrations, 200,000 records and 2,000,000 adoptions, or a
          share of them: filling it, searches, filters and deep pages beside an index of the real countries, and how long a
          change takes to get there

It starts what it measures, on free ports and on files of its own, and stops it at the end and on Ctrl-C.`;

/** Reads the arguments after `bench.js`. */
export function parseArguments(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        only: { type: 'string', multiple: true },
        seconds: { type: 'string', default: defaults.seconds },
        share: { type: 'string', default: defaults.share },
        plans: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const names = [...positionals, ...(values.only ?? []).flatMap((several) => several.split(','))];
    return readValues(names.length === 0 ? measurements : names, values);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

interface Values {
  readonly seconds: string;
  readonly share: string;
  readonly plans: boolean;
}

function readValues(names: readonly string[], { seconds, share, plans }: Values): Command {
  const unknown = names.find((name) => !measurements.some((known) => known === name));
  if (unknown !== undefined) return refused(`${unknown}: there is ${measurements.join(', ')}`);
  if (!/^[1-9]\d{0,3}$/.test(seconds)) return refused(`--seconds ${seconds}: must be a whole number from 1 to 9999`);
  if (!/^(?:0\.\d{1,3}|1)$/.test(share) || Number(share) === 0) {
    return refused(`--share ${share}: must be a number from 0.001 to 1`);
  }
  const only = measurements.filter((name) => names.includes(name));
  return { kind: 'run', only, seconds: Number(seconds), share: Number(share), plans };
}

const refused = (message: string): Command => ({ kind: 'refused', message });
