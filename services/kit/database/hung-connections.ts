import type { Socket } from 'node:net';

import pg from 'pg';

import type { Metrics } from '../observability/metrics.js';

/** Properties of a connection that the types of node-postgres omit. */
interface Connection {
  /** Whether the server has responded to everything that was sent. */
  readonly readyForQuery: boolean;
  readonly processID: number;
  readonly connection: { readonly stream: Socket };
}

/** What was seen of a connection: since when neither side has sent a byte while a statement waits for its result. */
interface Observed {
  bytes: number;
  since: number;
}

const checkIntervalMs = 500;
/** Most statements take a few milliseconds; one that takes longer than this costs the server a look at its own state. */
const suspectAfterMs = 1_000;
const checkTimeoutMs = 2_000;

/**
 * The server processes that have been idle for at least as long as a client has been waiting for them: they do not read what was sent.
 * A process that executes a slow statement, or waits for a lock, is active. One that hangs is ended, so that it does not execute
 * what it was sent when it continues.
 */
const endHangingProcesses = `
  SELECT pid, pg_terminate_backend(pid)
  FROM unnest($1::int[], $2::float[]) AS waiting (pid, ms) JOIN pg_stat_activity USING (pid)
  WHERE usename = current_user AND state LIKE 'idle%' AND state_change < clock_timestamp() - ms * interval '1 ms'`;

/**
 * Closes the connections of a pool whose server process hangs although new connections work. `statement_timeout` does not end their
 * statements, because the server has not started them, and the pool would hand out each of them until it has failed by itself. Once one
 * hangs, idle connections are not trusted either, and are replaced.
 *
 * @returns how watching stops.
 */
export function closeHungConnections(pool: pg.Pool, metrics: Metrics): () => void {
  const count = metrics.counter({
    name: 'sql_hung_connections_total',
    help: 'Connections that were closed because their PostgreSQL process did not read what was sent.',
    labels: [],
  });
  const observed = new Map<pg.PoolClient, Observed>();
  // Not when it connects: the connections by which the database was opened are older than this.
  pool.on('acquire', (client) => {
    if (!observed.has(client)) observed.set(client, { bytes: 0, since: performance.now() });
  });
  pool.on('remove', (client) => observed.delete(client));

  /** The connections that have been waiting for long, with the time. */
  const findSuspects = (): Map<pg.PoolClient, number> => {
    const now = performance.now();
    const suspects = new Map<pg.PoolClient, number>();
    for (const [client, last] of observed) {
      const { readyForQuery, connection } = toConnection(client);
      const { bytesRead, bytesWritten } = connection.stream;
      const bytes = bytesRead + bytesWritten;
      if (readyForQuery || bytes !== last.bytes) Object.assign(last, { bytes, since: now });
      else if (now - last.since >= suspectAfterMs) suspects.set(client, now - last.since);
    }
    return suspects;
  };

  const check = async (): Promise<void> => {
    const suspects = findSuspects();
    if (suspects.size === 0) return;
    const hanging = await findHangingProcesses(pool, suspects);
    // Results that came in the meantime were read before this one.
    const waiting = findSuspects();
    let closed = 0;
    for (const client of suspects.keys()) {
      if (!waiting.has(client) || !hanging.has(toConnection(client).processID)) continue;
      toConnection(client).connection.stream.destroy();
      closed += 1;
    }
    if (closed === 0) return;
    count({}, closed);
    for (let idle = pool.idleCount; idle > 0; idle -= 1) void replaceIdle(pool);
  };

  let checking = false;
  const timer = setInterval(() => {
    if (checking) return;
    checking = true;
    // A server that accepts no connections hangs as a whole. Its statements end at the deadlines of their requests.
    check()
      .catch(() => undefined)
      .finally(() => {
        checking = false;
      });
  }, checkIntervalMs).unref();
  return () => {
    clearInterval(timer);
  };
}

const toConnection = (client: pg.PoolClient): Connection => client as unknown as Connection;

/** Asks the server, on a connection of its own, which of these processes hang. */
async function findHangingProcesses(
  pool: pg.Pool,
  suspects: ReadonlyMap<pg.PoolClient, number>,
): Promise<ReadonlySet<number>> {
  const client = new pg.Client({
    ...pool.options,
    connectionTimeoutMillis: checkTimeoutMs,
    query_timeout: checkTimeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const pids = [...suspects.keys()].map((suspect) => toConnection(suspect).processID);
    const { rows } = await client.query<{ pid: number }>(endHangingProcesses, [pids, [...suspects.values()]]);
    return new Set(rows.map(({ pid }) => pid));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Closes an idle connection. If a request has taken it meanwhile, another one is closed. */
async function replaceIdle(pool: pg.Pool): Promise<void> {
  const client = await pool.connect().catch(() => undefined);
  client?.release(true);
}
