import { parseArgs } from 'node:util';

/** What can be measured, in the order in which it is. `page` comes last: it fills Italy's catalogue with more memberships. */
export const measurements = ['start', 'eu', 'walk', 'gateways', 'scale', 'page'] as const;
export type Measurement = (typeof measurements)[number];

/** How gateways can be asked. */
export const letters = ['a', 'b', 'c'] as const;
export type Letter = (typeof letters)[number];

/** What is measured, and how. */
export interface Wishes {
  readonly only: readonly Measurement[];
  /** Undefined: as long as usual. */
  readonly seconds: number | undefined;
  /** In how many rounds `gateways` asks each of them. */
  readonly rounds: number;
  /** How `gateways` asks them. */
  readonly letters: readonly Letter[];
  /** Whether subgraphs answer the gateways each time, and not from memory what was asked before. */
  readonly live: boolean;
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

/** The seconds of a measurement, and of a gateway in a round. */
export const usualSeconds = { measurement: 12, gateway: 2 } as const;
const defaults = { rounds: '5', share: '0.1' };

export const usage = `Measures, always two things against one another in one run.

  npm run bench                         everything, in a quarter of an hour or so
  npm run bench -- page                 one measurement; page walk several
  npm run bench -- --seconds 60         so long for each measurement that repeats itself (${usualSeconds.measurement})
  npm run bench -- gateways a c         two of three ways of asking; without a letter all
  npm run bench -- gateways --rounds 9  so many rounds (${defaults.rounds}), with --seconds for each gateway in each (${usualSeconds.gateway})
  npm run bench -- gateways --live      subgraphs answer each time, and not from memory what was asked before
  npm run bench -- scale --share 1      an index of the whole Union, which takes long to fill; without --share a tenth of it
  npm run bench -- scale --plans        and how PostgreSQL answers each of its questions

  page      a page of 20 administrations with memberships and consortia: one statement, the subgraph, the gateway
  walk      the first and the last page of Italy
  start     from npm start to the first right answer, first and second start
  eu        one operation over all countries: the gateway, and the countries asked directly
  gateways  ours beside plain @apollo/gateway, Hive Gateway and that with its Rust planner: (a) a small query, different each
            time, (b) a heavy one, different each time, (c) one query again and again, also beside a bare node:http server
  scale     Europe's index of 27 made-up countries with 100,000 administrations, 200,000 records and 2,000,000 adoptions, or a
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
        seconds: { type: 'string' },
        rounds: { type: 'string', default: defaults.rounds },
        share: { type: 'string', default: defaults.share },
        plans: { type: 'boolean', default: false },
        live: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const names = [...positionals, ...(values.only ?? []).flatMap((several) => several.split(','))];
    return readValues(names, values);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

interface Values {
  readonly seconds?: string;
  readonly rounds: string;
  readonly share: string;
  readonly plans: boolean;
  readonly live: boolean;
}

function readValues(names: readonly string[], { seconds, rounds, share, plans, live }: Values): Command {
  const only = named(measurements, names);
  const chosen = named(letters, names);
  const unknown = names.find((name) => ![...only, ...chosen].some((known) => known === name));
  if (unknown !== undefined) {
    return refused(`${unknown}: there is ${measurements.join(', ')}, and ${letters.join(', ')} of gateways`);
  }
  if (chosen.length > 0 && !only.includes('gateways')) {
    return refused(`${chosen.join(', ')}: say gateways as well`);
  }
  for (const [flag, value] of Object.entries({ seconds, rounds })) {
    if (value !== undefined && !/^[1-9]\d{0,3}$/.test(value)) {
      return refused(`--${flag} ${value}: must be a whole number from 1 to 9999`);
    }
  }
  if (!/^(?:0\.\d{1,3}|1)$/.test(share) || Number(share) === 0) {
    return refused(`--share ${share}: must be a number from 0.001 to 1`);
  }
  return {
    kind: 'run',
    only: only.length === 0 ? measurements : only,
    seconds: seconds === undefined ? undefined : Number(seconds),
    rounds: Number(rounds),
    letters: chosen.length === 0 ? letters : chosen,
    live,
    share: Number(share),
    plans,
  };
}

/** Those of the words that are named, each once and in its order. */
const named = <Word extends string>(words: readonly Word[], names: readonly string[]): readonly Word[] =>
  words.filter((word) => names.includes(word));

const refused = (message: string): Command => ({ kind: 'refused', message });
