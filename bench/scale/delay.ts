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
/** As many as all editors of a large country and an import in small steps together make. */
const changesPerSecond = 100;
const address = 'github.com/os2mo/os2mo';

/** Measures the delay from a commit in a country to the response of Europe that contains it. */
export async function measureDelay(graph: Graph, feeds: Feeds, index: ScaleIndex, run: Run): Promise<Report> {
  run.log('the delay from a commit to the response: Denmark and Europe …');
  const small = await measureDenmark(graph, run, 0);
  run.log(`the same while ${changesPerSecond} changes are written a second …`);
  const busy = await measureDenmark(graph, run, changesPerSecond);
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
      [`the same at ${changesPerSecond} changes a second`, ...latencyCells(busy, small)],
      ['the large index', ...latencyCells(large, small)],
    ],
  };
}

/** Of another solution than the one whose changes are measured. */
const otherAddress = 'github.com/os2valghalla/os2valghalla-3';

/** @param rate of other changes that are written meanwhile, in a second. */
async function measureDenmark(graph: Graph, run: Run, rate: number): Promise<number[][]> {
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
    const others = await writeChanges(graph.databaseUrl('denmark'), rate);
    try {
      return await repeat(run, async (turn) => {
        const before = await countAdoptions();
        await addAdoption(denmark, `dk:adoption:bench-${rate}-${turn}`, address);
        return timeUntil(async () => (await countAdoptions()) > before);
      });
    } finally {
      await others.stop();
    }
  } finally {
    await Promise.all([denmark.end(), europe.close()]);
  }
}

/** Adds an adoption like an existing one. */
const addAdoption = (denmark: pg.Client, id: string, like: string): Promise<unknown> =>
  denmark.query(
    `INSERT INTO adoption SELECT (jsonb_populate_record(model, jsonb_build_object('id', $1::text))).* FROM adoption model
    WHERE id = (SELECT min(id) FROM adoption WHERE address = $2 AND end_date IS NULL)`,
    [id, like],
  );

/** Writes changes at a rate, each in a transaction of its own, until it is stopped. */
async function writeChanges(url: string, rate: number): Promise<{ readonly stop: () => Promise<void> }> {
  if (rate === 0) return { stop: () => Promise.resolve() };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let isOver = false;
  const write = async (): Promise<void> => {
    const began = performance.now();
    for (let written = 0; !isOver; written += 1) {
      await addAdoption(client, `dk:adoption:bench-other-${written}`, otherAddress);
      // In time with the rate also after a slow one.
      await sleep(Math.max(0, began + ((written + 1) * 1000) / rate - performance.now()));
    }
  };
  const writing = write();
  return {
    stop: async () => {
      isOver = true;
      try {
        await writing;
      } finally {
        await client.end();
      }
    },
  };
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
