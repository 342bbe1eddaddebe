import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { requestCancel } from './cancel-statement.js';

/**
 * Runs one statement on a connection of the pool. If `signal` is aborted it rejects at once with the signal's reason, and
 * PostgreSQL cancels the statement.
 */
export async function runStatement<Row extends object>(
  pool: pg.Pool,
  statement: pg.QueryConfig,
  signal: AbortSignal,
): Promise<Row[]> {
  const client = await acquireConnection(pool, signal);
  const result = sendStatement<Row>(client, statement);
  try {
    const { rows } = await abortable(result, signal);
    releaseConnection(client);
    return rows;
  } catch (error) {
    if (signal.aborted) void cancelAndRelease(client, result);
    else releaseConnection(client, 'broken');
    throw error;
  }
}

/**
 * Sends a statement on a connection.
 *
 * With a callback: the promises of node-postgres let V8 find its rows in use until it collects the garbage of the whole heap. Copying them
 * took more than half of the CPU time of a process that reads large pages.
 */
export const sendStatement = <Row extends object>(
  client: pg.ClientBase,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> =>
  new Promise((resolve, reject) => {
    client.query<Row>(statement, (error: Error | null, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });

/**
 * Takes a connection from the pool, to be released. If the server accepts no further ones, waits for one that exists. Rejects as soon as
 * `signal` is aborted.
 */
export async function acquireConnection(pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  signal.throwIfAborted();
  // An idle connection comes at once.
  const isIdle = pool.idleCount > pool.waitingCount;
  const connecting = pool.connect();
  try {
    const client = await (isIdle ? connecting : abortable(connecting, signal));
    if (!signal.aborted) return listenToErrors(client);
    client.release();
    throw signal.reason;
  } catch (error) {
    // A request cannot leave the queue of the pool: a connection that comes too late is released.
    if (signal.aborted && !isIdle)
      connecting.then((late) => {
        late.release();
      }, ignore);
    else if (isOutOfResources(error) && useExistingConnections(pool)) return acquireConnection(pool, signal);
    throw error;
  }
}

const listened = new WeakSet<pg.PoolClient>();

/** A connection that breaks also emits an error, which would end the process without a listener. */
function listenToErrors(client: pg.PoolClient): pg.PoolClient {
  if (listened.has(client)) return client;
  listened.add(client);
  return client.on('error', ignore);
}

/** The server has no room on its disk or in its memory, or too many connections. Connections that exist can be used. */
const isOutOfResources = (error: unknown): boolean => error instanceof pg.DatabaseError && /^53/.test(error.code ?? '');

/** How long a pool opens no connections after the server has rejected one. */
const noConnectionsMs = 5_000;

/** Lets the pool open no connections for a while. Returns false if it has none. */
function useExistingConnections({ options, totalCount }: pg.Pool): boolean {
  if (totalCount === 0) return false;
  const { max } = options;
  // Another statement may have lowered it.
  if (totalCount < max) {
    options.max = totalCount;
    setTimeout(() => {
      options.max = max;
    }, noConnectionsMs).unref();
  }
  return true;
}

/** A broken connection is closed; another one is available for the next statement. */
export function releaseConnection(client: pg.PoolClient, state: 'usable' | 'broken' = 'usable'): void {
  client.release(state === 'broken');
}

const maxAttempts = 5;
const firstPauseMs = 50;

/**
 * Cancels the statement of a connection. The connection is released only when no cancel request is in flight any more, which
 * could cancel the statement of another request.
 *
 * @param state of the connection afterwards: one in the middle of a transaction is broken.
 */
export async function cancelAndRelease(
  client: pg.PoolClient,
  result: Promise<unknown>,
  state: 'usable' | 'broken' = 'usable',
): Promise<void> {
  const ended = result.then(
    () => true,
    () => true,
  );
  try {
    // A request that arrives before its statement cancels nothing.
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await requestCancel(client);
      if (await Promise.race([ended, wait(firstPauseMs * 2 ** attempt, false)])) {
        releaseConnection(client, state);
        return;
      }
    }
  } catch {
    // A server that accepts no such request ends the statement by `statement_timeout`.
  }
  releaseConnection(client, 'broken');
}

/** Settles as `promise` does, or rejects as soon as `signal` is aborted, with its reason. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const settle =
      <Settled>(by: (settled: Settled) => void) =>
      (settled: Settled): void => {
        signal.removeEventListener('abort', abort);
        by(settled);
      };
    promise.then(settle(resolve), settle<unknown>(reject));
  });
}

const ignore = (): void => undefined;
