import { InvalidArgumentError } from 'commander';

import { type Cli, integerFrom, UsageError } from '../services/kit/cli.js';

/** What can be measured, in the order in which it is. `page` comes last: it fills Italy's catalogue with more memberships. */
export const measurements = ['start', 'eu', 'walk', 'gateways', 'scale', 'page'] as const;
export type Measurement = (typeof measurements)[number];

/** How gateways can be asked. */
export const scenarioIds = ['a', 'b', 'c'] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** What is measured, and how. */
export interface BenchOptions {
  readonly only: readonly Measurement[];
  /** Undefined: as long as usual. */
  readonly seconds: number | undefined;
  /** In how many rounds `gateways` asks each of them. */
  readonly rounds: number;
  /** How `gateways` asks them. */
  readonly scenarioIds: readonly ScenarioId[];
  /** Whether subgraphs answer the gateways each time, and not from memory what was asked before. */
  readonly live: boolean;
  /** How much of the Union `scale` makes up; 1 is all of it. */
  readonly share: number;
  /** Whether `scale` shows how PostgreSQL answers. */
  readonly plans: boolean;
}

/** The seconds of a measurement, and of a gateway in a round. */
export const defaultSeconds = { measurement: 12, gateway: 2 } as const;

/** The options as they are typed. */
interface CommandLine {
  readonly only?: readonly string[];
  readonly seconds?: number;
  readonly rounds: number;
  readonly share: number;
  readonly plans?: boolean;
  readonly live?: boolean;
}

/** The command, which measures what its options choose. */
export const benchCli = (measure: (wishes: BenchOptions) => Promise<number>): Cli<CommandLine> => ({
  description: `Measures, always two variants against one another in one run.

page      a page of 20 administrations with memberships and consortia: one statement, the subgraph, the gateway
walk      the first and the last page of Italy
start     from npm start to the first right response, first and second start
eu        one operation over all countries: the gateway, and the countries queried directly
gateways  ours beside plain @apollo/gateway, Hive Gateway and that with its Rust planner: (a) a small query, different
          each time, (b) a heavy one, different each time, (c) one query again and again, also beside a bare
          node:http server
scale     Europe's index of 27 made-up countries with 100,000 administrations, 200,000 records and 2,000,000 adoptions,
          or a share of them: filling it, searches, filters and deep pages beside an index of the real countries, and how
          long a change takes to arrive`,
  examples: [
    ['npm run bench', 'every measurement, in about a quarter of an hour'],
    ['npm run bench -- page', 'one measurement; "page walk" runs several'],
    ['npm run bench -- page --seconds 60', 'one minute for each measurement that repeats itself'],
    ['npm run bench -- gateways a c', 'two of the three scenarios; all of them if none is named'],
    ['npm run bench -- scale --share 1', 'an index of the whole Union, which takes long to fill'],
  ],
  define: (command) => {
    command
      .argument('[names...]', 'measurements, and scenarios of gateways')
      .option('--only <names>', 'the same names, with commas between them', collect)
      .option(
        '--seconds <number>',
        `the duration of each measurement that repeats itself (${defaultSeconds.measurement}), or of each gateway in a round (${defaultSeconds.gateway})`,
        integerFrom(1, 9999),
      )
      .option('--rounds <number>', 'rounds of gateways', integerFrom(1, 9999), 5)
      .option('--live', 'gateways: subgraphs execute each request, instead of replaying recorded responses')
      .option('--share <number>', 'scale: the share of the Union that is made up', parseShare, 0.1)
      .option('--plans', 'scale: print the query plans of PostgreSQL');
  },
  notes: 'It starts what it measures, on free ports and on files of its own, and stops it at the end and on Ctrl-C.',
  run: ({ only = [], ...options }, names) => measure(toOptions([...names, ...only], options)),
});

const collect = (text: string, earlier: readonly string[] = []): string[] => [...earlier, ...text.split(',')];

function parseShare(text: string): number {
  if (/^(?:0\.\d{1,3}|1)$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0.001 to 1.');
}

function toOptions(
  names: readonly string[],
  { seconds, live = false, plans = false, ...options }: Omit<CommandLine, 'only'>,
): BenchOptions {
  const only = named(measurements, names);
  const chosen = named(scenarioIds, names);
  const unknown = names.find((name) => ![...only, ...chosen].some((known) => known === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Unknown name ${JSON.stringify(unknown)}. The measurements are ${measurements.join(', ')}; those of gateways are ${scenarioIds.join(', ')}.`,
    );
  }
  if (chosen.length > 0 && !only.includes('gateways')) {
    throw new UsageError(`Name gateways as well: ${chosen.join(', ')} are scenarios of it.`);
  }
  return {
    ...options,
    live,
    plans,
    only: only.length === 0 ? measurements : only,
    scenarioIds: chosen.length === 0 ? scenarioIds : chosen,
    seconds,
  };
}

/** Those of the words that are named, each once and in its order. */
const named = <Word extends string>(words: readonly Word[], names: readonly string[]): readonly Word[] =>
  words.filter((word) => names.includes(word));
