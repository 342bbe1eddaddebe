import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { variableOf } from '../../cli/start/settings.js';
import { openGraphQLClient } from '../http-client.js';
import type { Graph } from '../graph.js';
import type { Run } from '../run.js';
import { latencyCells, latencyColumns, type Report } from '../table.js';
import { defaultSeconds } from '../arguments.js';
import type { ScaleIndex } from './scale-index.js';
import type { Feeds } from './start-feeds.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** The number of changes in the default time. */
const defaultRepetitions = 20;
const timeoutMs = 30_000;
const address = 'github.com/os2mo/os2mo';

/** Measures the delay from a commit in a country to the response of Europe that contains it. */
export async function measureDelay(graph: Graph, feeds: Feeds, index: ScaleIndex, run: Run): Promise<Report> {
  run.log('the delay from a commit to the response: Denmark and Europe …');
  const small = await measureDenmark(graph, run);
  run.log('the delay from a commit to the response: the large index …');
  const large = await measureLargeIndex(feeds, index, run);
  return {
    title: 'scale: from a commit in a country to the response of Europe',
    description: [
      'An adoption is written in Denmark by SQL, and Europe is queried every few milliseconds until it is there; beside it',
      'an adoption that appears in a made-up feed. Europe polls a country that had no changes again after 500 ms.',
    ],
    columns: ['', ...latencyColumns],
    rows: [
      ['Denmark and Europe, the real tables', ...latencyCells(small, small)],
      ['the large index', ...latencyCells(large, small)],
    ],
  };
}

async function measureDenmark(graph: Graph, run: Run): Promise<number[][]> {
  const denmark = new pg.Client({ connectionString: graph.databaseUrl('denmark') });
  const europe = openGraphQLClient(
    graph.url('europe').replace(/graphql$/, 'subgraph'),
    1,
    graph.gatewayVariables[variableOf('europe', 'SUBGRAPH_SECRETS')],
  );
  const query = `query ($address: String!) { solution(address: $address) { adoptions { totalCount } } }`;
  const countAdoptions = async (): Promise<number> => countOf(await europe.readData(query, { address }));
  try {
    await denmark.connect();
    return await repeat(run, async (turn) => {
      const before = await countAdoptions();
      await denmark.query(
        `INSERT INTO adoption SELECT (jsonb_populate_record(model, jsonb_build_object('id', $1::text))).* FROM adoption model
        WHERE id = (SELECT min(id) FROM adoption WHERE address = $2 AND end_date IS NULL)`,
        [`dk:adoption:bench-${turn}`, address],
      );
      return timeUntil(async () => (await countAdoptions()) > before);
    });
  } finally {
    await Promise.all([denmark.end(), europe.close()]);
  }
}

async function measureLargeIndex(feeds: Feeds, index: ScaleIndex, run: Run): Promise<number[][]> {
  const following = index.follow(() => undefined);
  try {
    await following.firstRound;
    return await repeat(run, async () => {
      const { id } = await feeds.addAdoption('DK');
      return timeUntil(async () => (await index.query(`SELECT FROM adoption WHERE id = $1`, [id])).length > 0);
    });
  } finally {
    await following.stop();
  }
}

const countOf = (data: unknown): number =>
  (data as { solution: { adoptions: { totalCount: number } } }).solution.adoptions.totalCount;

/** Measures each time at another moment of the pause between two polls. */
async function repeat({ seconds, signal }: Run, measure: (turn: number) => Promise<number>): Promise<number[][]> {
  const times = Math.max(1, Math.round((seconds / defaultSeconds.measurement) * defaultRepetitions));
  const delays: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    signal.throwIfAborted();
    await sleep((turn * 137) % 500);
    delays.push(await measure(turn));
  }
  return [delays];
}

/** Milliseconds until a change has arrived. */
async function timeUntil(hasArrived: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  await waitUntil('a change to arrive', hasArrived, { timeoutMs, intervalMs: 2 });
  return performance.now() - began;
}
