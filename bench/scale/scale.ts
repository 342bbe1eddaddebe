import { countries } from '../../schema/values/countries.js';
import { startThrowawayCluster } from '../../cli/start/cluster.js';
import { variableOf } from '../../cli/start/settings.js';
import type { Graph } from '../graph.js';
import { measureLatency, type Variant } from '../rounds.js';
import type { Run } from '../run.js';
import { latencyCells, latencyColumns, type Report } from '../table.js';
import { measureDelay } from './delay.js';
import { fill } from './fill.js';
import { explain } from './plans.js';
import { createOperations, deepPageOperations, type Operation } from './operations.js';
import { openScaleIndex, type ScaleIndex } from './scale-index.js';
import { startFeeds } from './start-feeds.js';
import { makeUpCountries, totalSize } from './made-up-countries.js';

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

const maxPage = 10_000;

/**
 * Measures Europe's index at the size of the Union beside one of the three real countries. Yields each report as soon as it is
 * complete.
 */
export async function* measureScale(
  graph: Graph,
  run: Run,
  { share, plans, databases }: ScaleOptions,
): AsyncGenerator<Report | string> {
  const madeUpCountries = makeUpCountries(share);
  const cluster = databases ? undefined : await startThrowawayCluster(['small', 'large']);
  const urlOf = (index: keyof Databases): string => databases?.[index] ?? cluster?.url(index) ?? '';
  const feeds = await startFeeds(share, madeUpCountries);
  const open: ScaleIndex[] = [];
  try {
    const small = await openScaleIndex(
      urlOf('small'),
      // As Europe reads them: the limits of public endpoints are for other operations.
      countries.map(({ code, folder }) => ({
        code,
        folder,
        url: graph.gatewayVariables[variableOf(folder, 'URL')] ?? '',
        secret: graph.gatewayVariables[variableOf(folder, 'SUBGRAPH_SECRETS')],
      })),
    );
    open.push(small);
    await fillSmall(small);
    const large = await openScaleIndex(urlOf('large'), feeds.sources);
    open.push(large);
    yield await fill(large, madeUpCountries, run);
    run.log('collecting statistics for the query planner …');
    // Now rather than in the middle of the measurement.
    for (const index of open) await index.maintain('VACUUM ANALYZE');

    const [few, many] = [await createOperations(small), await createOperations(large)];
    const pairs = few.map((operation, index) => [operation, many[index] ?? operation] as const);
    const [records, adoptions] = [totalSize(madeUpCountries, 'record'), totalSize(madeUpCountries, 'adoption')];
    yield await compare(run, pairs, {
      title: `scale: ${share} of the Union beside three countries`,
      description: [
        `The same operations on an index of the three real countries and on one of 27 made-up ones (${records} records,`,
        `${adoptions} adoptions), executed on the schema one after the other, with words and organisations that play the same`,
        'part in each. In brackets: the range of the ratio in single rounds.',
      ],
      small,
      large,
    });
    const deep = await deepPageOperations(large, maxPage);
    yield await compare(run, deep, {
      title: 'scale: the first page and one deep in the list',
      description: ['20 solutions, in the large index. In brackets: the range of the ratio in single rounds.'],
      small: large,
      large,
    });
    yield await measureDelay(graph, feeds, large, run);
    if (plans) {
      for (const operation of [...many, ...deep.map(([, last]) => last)]) yield await explain(large, operation);
    }
  } finally {
    run.log('stopping the feeds and PostgreSQL …');
    await Promise.all(open.map((index) => index.close()));
    await Promise.all([feeds.stop(), cluster?.stop()]);
  }
}

async function fillSmall(small: ScaleIndex): Promise<void> {
  const following = small.follow(() => undefined);
  await following.firstRound;
  await following.stop();
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
    const [base, rounds] = variants.map((variant) => latencies.get(variant) ?? []);
    const [, median] = latencyCells(base ?? [], base ?? []);
    rows.push([other.name, median ?? '', ...latencyCells(rounds ?? [], base ?? [])]);
  }
  return { title, description, columns: ['', 'base median', ...latencyColumns], rows };
}
