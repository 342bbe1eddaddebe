import { InvalidArgumentError } from 'commander';

import { type Cli, integerFrom, UsageError } from '../services/kit/cli.js';

/** The measurements, in the order in which they run. `page` is last: it adds memberships to Italy's catalogue. */
export const measurements = [
  'start',
  'eu',
  'walk',
  'costs',
  'gateways',
  'countries',
  'scale',
  'import',
  'export',
  'browser',
  'page',
] as const;
export type Measurement = (typeof measurements)[number];

/** The scenarios of `gateways`. */
export const scenarioIds = ['a', 'b', 'c'] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** What is measured, and how. */
export interface BenchOptions {
  readonly only: readonly Measurement[];
  /** Undefined: the default. */
  readonly seconds: number | undefined;
  /** The number of rounds in which `gateways` measures each gateway. */
  readonly rounds: number;
  /** The scenarios that `gateways` runs. */
  readonly scenarioIds: readonly ScenarioId[];
  /** Whether subgraphs execute each request of the gateways, instead of recorded responses being replayed. */
  readonly live: boolean;
  /** The share of the Union that `scale` makes up; 1 is all of it. */
  readonly share: number;
  /** Whether `scale` prints the query plans of PostgreSQL. */
  readonly plans: boolean;
}

/** The default duration of a measurement, and of a gateway in a round. */
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
export const benchCli = (measure: (options: BenchOptions) => Promise<number>): Cli<CommandLine> => ({
  description: `Compares variants with one another in alternating rounds of one run.

page      a page of 20 administrations with memberships and consortia: one statement, a bare node:http server, Mercurius
          with its JIT compiler, PostGraphile 5 (on Node 22 and later), Italy's two endpoints, the gateway
walk      the first and the last page of Italy
start     from npm start to the first expected response, first and second start
costs     the time that expensive fields take for each point of their cost, beside ordinary fields
eu        one operation over all countries: the gateway, and the countries queried directly
gateways  our gateway beside plain @apollo/gateway, Hive Gateway and Hive Gateway with its Rust planner: (a) a small
          query, different each time, (b) a heavy one, different each time, (c) one query repeatedly; beside them a
          bare node:http server, which for (a) and (b) sends the same requests to subgraphs
countries the gateway with the present countries and with 27: composition, start, memory, planning of the examples, queries
          over three countries and over all, on stubs of subgraphs
scale     Europe's index of 27 made-up countries with 100,000 administrations, 200,000 records and 2,000,000 adoptions,
          or a share of them: filling it, searches, filters and deep pages beside an index of a tenth of that size, and
          the delay until a change arrives
import    tables of 100,000 rows into an empty catalogue: the dry run, the import, and the same tables again
export    all adoptions as CSV and JSON Lines by the portal, beside PostgreSQL's COPY of the same columns
browser   the first visit of two pages of the portal in Chromium, and on a processor of a quarter of the speed`,
  examples: [
    ['npm run bench', 'every measurement, in about a quarter of an hour'],
    ['npm run bench -- page', 'one measurement; "page walk" runs several'],
    ['npm run bench -- page --seconds 60', 'one minute for each measurement that repeats itself'],
    ['npm run bench -- gateways a c', 'two of the three scenarios; all of them if none is named'],
    ['npm run bench -- scale --share 1', 'an index of the whole Union, which takes a long time to fill'],
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
  notes: 'It starts what it measures on free ports and with temporary files, and stops it at the end and on Ctrl-C.',
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
  const only = select(measurements, names);
  const chosen = select(scenarioIds, names);
  const unknown = names.find((name) => ![...only, ...chosen].some((known) => known === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `Unknown name ${JSON.stringify(unknown)}. The measurements are ${measurements.join(', ')}; the scenarios of gateways are ${scenarioIds.join(', ')}.`,
    );
  }
  if (chosen.length > 0 && !only.includes('gateways')) {
    throw new UsageError(
      `Scenarios (${chosen.join(', ')}) need the measurement gateways: add "gateways" to the names.`,
    );
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

/** The words that are among the names, each once and in the order of the words. */
const select = <Word extends string>(words: readonly Word[], names: readonly string[]): readonly Word[] =>
  words.filter((word) => names.includes(word));
