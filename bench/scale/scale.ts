import { startThrowawayCluster } from '../../cli/start/cluster.js';
import type { Graph } from '../graph.js';
import { measureLatency, type Variant } from '../rounds.js';
import type { Run } from '../run.js';
import { median, percentile, ratioOf } from '../statistics.js';
import { count, milliseconds, type Report, times } from '../table.js';
import { measureDelay } from './delay.js';
import { fill } from './fill.js';
import { explain } from './plans.js';
import { createOperations, deepPageOperations, type Operation } from './operations.js';
import { openScaleIndex, type ScaleIndex } from './scale-index.js';
import { type Feeds, startFeeds } from './start-feeds.js';
import { type MadeUpCountry, makeUpCountries, totalSize } from './made-up-countries.js';

export interface ScaleOptions {
  /** The share of the Union: 1 is all of it. */
  readonly share: number;
  /** Whether the query plans are printed. */
  readonly plans: boolean;
  /** Empty databases for the two indexes. Default: those of a PostgreSQL that starts for them alone. */
  readonly databases?: Databases;
}

/** The URLs of the databases for the two indexes. */
interface Databases {
  readonly small: string;
  readonly large: string;
}

/** What `docs/operations.md` recommends for an index of the Union. */
const sharedBuffers = '1GB';
const maxPage = 10_000;

/** How much smaller the index is beside which the large one is measured. */
const smallerBy = 10;

/**
 * Measures Europe's index of made-up countries beside one of a tenth of their size. Yields each report as soon as it is complete.
 */
export async function* measureScale(
  graph: Graph,
  run: Run,
  { share, plans, databases }: ScaleOptions,
): AsyncGenerator<Report | string> {
  const cluster = databases ? undefined : await startThrowawayCluster(['small', 'large'], { sharedBuffers });
  const stops: (() => Promise<unknown>)[] = [() => cluster?.stop() ?? Promise.resolve()];
  const open = async (index: keyof Databases, part: number): Promise<FilledIndex> => {
    const countries = makeUpCountries(part);
    const feeds = await startFeeds(part, countries);
    stops.push(feeds.stop);
    const opened = await openScaleIndex(databases?.[index] ?? cluster?.url(index) ?? '', feeds.sources);
    stops.push(opened.close);
    return { index: opened, feeds, countries, filling: await fill(opened, countries, feeds.pid, run) };
  };
  try {
    const small = await open('small', share / smallerBy);
    yield small.filling;
    const large = await open('large', share);
    yield large.filling;
    run.log('collecting statistics for the query planner …');
    // Now rather than in the middle of the measurement.
    for (const { index } of [small, large]) await index.queryUnlimited('VACUUM ANALYZE');

    const [few, many] = [await createOperations(small.index), await createOperations(large.index)];
    const pairs = few.map((operation, index) => [operation, many[index] ?? operation] as const);
    const sizeOf = ({ countries }: FilledIndex): string =>
      `${count(totalSize(countries, 'record'))} records, ${count(totalSize(countries, 'adoption'))} adoptions`;
    yield await compare(run, pairs, {
      title: `scale: ${share} of the Union beside a tenth of it`,
      description: [
        `The same operations on an index of 27 made-up countries (${sizeOf(large)})`,
        `and on one of a tenth of their size (${sizeOf(small)}), executed on the schema one after the`,
        'other, with words and organisations that play the same part in each. In brackets: the range of the ratio in single rounds.',
      ],
      small: small.index,
      large: large.index,
    });
    const deep = await deepPageOperations(large.index, maxPage);
    yield await compare(run, deep, {
      title: 'scale: the first page and one deep in the list',
      description: ['20 solutions, in the large index. In brackets: the range of the ratio in single rounds.'],
      small: large.index,
      large: large.index,
    });
    yield await measureDelay(graph, large.feeds, large.index, run);
    if (plans) {
      for (const operation of [...many, ...deep.map(([, last]) => last)]) yield await explain(large.index, operation);
    }
  } finally {
    run.log('stopping the feeds and PostgreSQL …');
    for (const stop of stops.reverse()) await stop();
  }
}

interface FilledIndex {
  readonly index: ScaleIndex;
  readonly feeds: Feeds;
  readonly countries: readonly MadeUpCountry[];
  readonly filling: Report;
}

interface Comparison extends Pick<Report, 'title' | 'description'> {
  readonly small: ScaleIndex;
  readonly large: ScaleIndex;
}

/** Executes each pair of operations in turns. */
async function compare(
  run: Run,
  pairs: readonly (readonly [Operation, Operation])[],
  { title, description, small, large }: Comparison,
): Promise<Report> {
  const rows: string[][] = [];
  for (const [one, other] of pairs) {
    const toVariant = (index: ScaleIndex, { name, text, variables }: Operation): Variant => ({
      name,
      execute: () => index.execute(text, variables),
    });
    const variants = [toVariant(small, one), toVariant(large, other)] as const;
    const quiet = { ...run, log: () => undefined };
    run.log(`${other.name} …`);
    const latencies = await measureLatency(variants, run.seconds / 10, quiet);
    const [base = [], rounds = []] = variants.map((variant) => latencies.get(variant));
    rows.push([
      other.name,
      ...[base, rounds].flatMap((some) => [median(some.flat()), percentile(some.flat(), 0.95)]).map(milliseconds),
      times(ratioOf(rounds, base)),
    ]);
  }
  return { title, description, columns: ['', 'base median', 'base p95', 'median', 'p95', 'ratio'], rows };
}
