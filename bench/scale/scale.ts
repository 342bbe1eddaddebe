import { countries } from '../../schema/values/countries.js';
import { startThrowawayCluster } from '../../cli/start/cluster.js';
import type { Graph } from '../graph.js';
import { measureLatency, type Variant } from '../rounds.js';
import type { Run } from '../run.js';
import { latencyCells, latencyColumns, type Report } from '../table.js';
import { measureDelay } from './delay.js';
import { fill } from './fill.js';
import { explain } from './plans.js';
import { deepQuestions, type Question, questionsOf } from './questions.js';
import { openScaleIndex, type ScaleIndex } from './scale-index.js';
import { startFeeds } from './start-feeds.js';
import { createWorld, sizeOfAll } from './world.js';

export interface ScaleOptions {
  /** How much of the Union: 1 is all of it. */
  readonly share: number;
  /** Whether the plans of the statements are shown. */
  readonly plans: boolean;
}

const deepestPage = 10_000;

/**
 * Europe's index at the size of the Union beside one of the three real countries. Gives each report as soon as it is there.
 */
export async function* measureScale(
  graph: Graph,
  run: Run,
  { share, plans }: ScaleOptions,
): AsyncGenerator<Report | string> {
  const world = createWorld(share);
  const cluster = await startThrowawayCluster(['small', 'large']);
  const feeds = await startFeeds(share, world);
  const open: ScaleIndex[] = [];
  try {
    const small = await openScaleIndex(
      cluster.url('small'),
      countries.map(({ code, folder }) => ({ code, folder, url: graph.url(folder) })),
    );
    open.push(small);
    await fillSmall(small);
    const large = await openScaleIndex(cluster.url('large'), feeds.sources);
    open.push(large);
    yield await fill(large, world, run);
    run.log('counting rows for the planner …');
    // Now, and not in the middle of the measurement.
    for (const index of open) await index.maintain('VACUUM ANALYZE');

    const [few, many] = [await questionsOf(small), await questionsOf(large)];
    const pairs = few.map((question, place) => [question, many[place] ?? question] as const);
    const sizes = `${sizeOfAll(world, 'record')} records, ${sizeOfAll(world, 'adoption')} adoptions`;
    yield await compare(run, pairs, {
      title: `scale: ${share} of the Union beside three countries`,
      how: [
        `The same questions to an index of the three real countries and to one of 27 made-up ones (${sizes}),`,
        'at the schema, one after the other; about words and bodies that play the same part in each. In brackets: the ratio of',
        'single rounds.',
      ],
      small,
      large,
    });
    const deep = await deepQuestions(large, deepestPage);
    yield await compare(run, deep, {
      title: 'scale: the first page and one deep in the list',
      how: ['20 solutions, in the large index. In brackets: the ratio of single rounds.'],
      small: large,
      large,
    });
    yield await measureDelay(graph, feeds, large, run);
    if (plans) {
      for (const question of [...many, ...deep.map(([, there]) => there)]) yield await explain(large, question);
    }
  } finally {
    run.log('stopping what was started for it …');
    await Promise.all(open.map((index) => index.close()));
    await Promise.all([feeds.stop(), cluster.stop()]);
  }
}

async function fillSmall(small: ScaleIndex): Promise<void> {
  const following = small.follow(() => undefined);
  await following.firstRound;
  await following.stop();
}

interface Comparison extends Pick<Report, 'title' | 'how'> {
  readonly small: ScaleIndex;
  readonly large: ScaleIndex;
}

/** Each question to both, in turns. */
async function compare(
  run: Run,
  pairs: readonly (readonly [Question, Question])[],
  { title, how, small, large }: Comparison,
): Promise<Report> {
  const rows: string[][] = [];
  for (const [one, other] of pairs) {
    const way = (index: ScaleIndex, { name, text, variables }: Question): Variant => ({
      name,
      ask: () => index.ask(text, variables),
    });
    const ways = [way(small, one), way(large, other)] as const;
    const quiet = { ...run, say: () => undefined };
    run.log(`${other.name} …`);
    const latencies = await measureLatency(ways, run.seconds / 10, quiet);
    const [base, rounds] = ways.map((asked) => latencies.get(asked) ?? []);
    const [, median] = latencyCells(base ?? [], base ?? []);
    rows.push([other.name, median ?? '', ...latencyCells(rounds ?? [], base ?? [])]);
  }
  return { title, how, columns: ['', 'beside', ...latencyColumns], rows };
}
