import { setTimeout as wait } from 'node:timers/promises';

import type pg from 'pg';

import { requestCancel } from './cancel-statement.js';

/**
 * Runs one statement on a connection of the pool. When `signal` is aborted it rejects at once with the signal's reason,
 * whatever it waits for, and PostgreSQL is made to end the statement.
 */
export async function runStatement<Row extends object>(
  pool: pg.Pool,
  statement: pg.QueryConfig,
  signal: AbortSignal,
): Promise<Row[]> {
  const client = await acquireConnection(pool, signal);
  const answer = client.query<Row>(statement);
  try {
    const { rows } = await abortable(answer, signal);
    releaseConnection(client);
    return rows;
  } catch (error) {
    if (signal.aborted) void cancelAndRelease(client, answer);
    else releaseConnection(client, 'broken');
    throw error;
  }
}

/** Takes a connection out of the pool, to be given back. Rejects as soon as `signal` is aborted. */
export async function acquireConnection(pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  signal.throwIfAborted();
  const connecting = pool.connect();
  try {
    const client = await abortable(connecting, signal);
    // A connection that breaks says so here too, and would end the process if nobody listened.
    return client.on('error', ignore);
  } catch (error) {
    // The pool has no way out of its queue: whose turn comes too late hands the connection on.
    if (signal.aborted)
      connecting.then((late) => {
        late.release();
      }, ignore);
    throw error;
  }
}

/** A broken connection is closed; otherwise the next statement may have it. */
export function releaseConnection(client: pg.PoolClient, state: 'usable' | 'broken' = 'usable'): void {
  client.off('error', ignore);
  client.release(state === 'broken');
}

const attempts = 5;
const firstPauseMs = 50;

/**
 * Ends what a connection is running. It is given back only when no request to cancel is under way any more, which could hit
 * somebody else's statement.
 *
 * @param left in which state the connection is then: one in the middle of a transaction is of use to nobody.
 */
export async function cancelAndRelease(
  client: pg.PoolClient,
  answer: Promise<unknown>,
  left: 'usable' | 'broken' = 'usable',
): Promise<void> {
  const over = answer.then(
    () => true,
    () => true,
  );
  try {
    // Coming before the statement that it means, a request hits nothing.
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await requestCancel(client);
      if (await Promise.race([over, wait(firstPauseMs * 2 ** attempt, false)])) {
        releaseConnection(client, left);
        return;
      }
    }
  } catch {
    // A server that takes no such request ends the statement by `statement_timeout`.
  }
  releaseConnection(client, 'broken');
}

/** Settles as `promise` does, or rejects as soon as `signal` is aborted, with its reason. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave);
    });
  });
}

const ignore = (): void => undefined;
