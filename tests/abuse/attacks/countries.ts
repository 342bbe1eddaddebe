import pg from 'pg';

import type { Fault } from '../../support/faults.js';
import type { Attack, Battlefield } from '../attack.js';
import { untilAborted } from '../until-aborted.js';

const country = 'belgium';
/** A poll is sent each second, and the country is silent if it has not responded for three. */
const silentMs = 5_000;

/** Belgium sends hostile responses, through a proxy between it and the gateway. */
const lying = (name: string, fault: Fault, options: Pick<Attack, 'silentMs'> = {}): Attack => ({
  name,
  controls: [country],
  ...options,
  play: async ({ graph, signal }) => {
    const proxy = graph.proxies.get(country);
    if (!proxy) throw new Error(`${country} has no proxy.`);
    await proxy.inject(fault);
    await untilAborted(signal);
    await proxy.clear();
  },
});

/** Belgium's process is stopped: its connections stay open, and it does not respond. */
const stopped: Attack = {
  name: 'Belgium is stopped by SIGSTOP',
  controls: [country],
  silentMs,
  play: async ({ graph, signal }: Battlefield) => {
    const pid = graph.services.get(country)?.processId();
    if (pid === undefined) throw new Error(`${country} is not running.`);
    process.kill(pid, 'SIGSTOP');
    try {
      await untilAborted(signal);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  },
};

/** Belgium's PostgreSQL is stopped: its statements neither return nor fail. */
const stoppedDatabase: Attack = {
  name: 'the PostgreSQL of Belgium is stopped by SIGSTOP',
  controls: [country],
  silentMs,
  play: async ({ graph, signal }: Battlefield) => {
    const database = graph.databases.get(country);
    if (!database) throw new Error(`${country} has no database.`);
    const pids = await readBackends(database.url);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      await untilAborted(signal);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
  },
};

/** The processes of PostgreSQL that serve connections to a database. */
async function readBackends(url: string): Promise<readonly number[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await client.end();
  return rows.map(({ pid }) => pid);
}

/** More requests per second than Europe sends to any country: at most every 50 ms, and some when the feed restarts. */
const maxFeedRequestsPerSecond = 30;

/** Belgium's feed has ever new positions, and nothing new. */
const endlessFeed: Attack = {
  name: 'the feed of Belgium has no end',
  controls: [country],
  play: async ({ feed, signal }) => {
    const [startedAt, before] = [performance.now(), feed.requestCount()];
    feed.respondWith(endlessPage);
    await untilAborted(signal);
    feed.respondWith(null);
    const seconds = (performance.now() - startedAt) / 1000;
    const requests = feed.requestCount() - before;
    if (requests > 10 + maxFeedRequestsPerSecond * seconds)
      throw new Error(`Europe requested ${requests} pages in ${seconds.toFixed(1)} seconds.`);
  },
};

const endlessPage = (turn: number): string =>
  JSON.stringify({
    data: {
      catalogue: {
        languages: ['fr'],
        changes: {
          feedId: 'endless',
          pageInfo: { hasNextPage: true, endCursor: String(turn) },
          nodes: [{ at: '2026-01-01T00:00:00Z', kind: 'DELETE', subject: 'RECORD', subjectId: 'be:record:none' }],
        },
      },
    },
  });

/** What a country can do to the others. */
export const countryAttacks: readonly Attack[] = [
  lying('Belgium never responds', 'hanging', { silentMs }),
  lying('Belgium returns data of other countries', 'unselectedFields'),
  lying('Belgium returns names that reverse the text around them', 'invalidTexts'),
  lying('Belgium returns 300,000 objects', 'manyValues'),
  lying('Belgium returns 20,000 errors', 'manyErrors'),
  stopped,
  stoppedDatabase,
  endlessFeed,
];
