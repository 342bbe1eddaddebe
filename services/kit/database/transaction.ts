import type pg from 'pg';

import { abortable, acquireConnection, cancelAndRelease, releaseConnection, sendStatement } from './run-statement.js';

/** Runs one statement of a transaction. */
export type RunStatement = <Row extends object>(statement: pg.QueryConfig) => Promise<Row[]>;

/** A client retries rather than waits longer for a lock, which would keep a connection from readers. */
const begin = `BEGIN; SET LOCAL lock_timeout = '5s'`;

/**
 * Runs `work` in a transaction on a connection of the pool: everything is committed when it is done, and nothing remains if it
 * throws, the connection breaks, or `signal` is aborted. A commit in progress is not aborted, so that no client receives an error
 * for what was written.
 */
export async function runTransaction<Result>(
  pool: pg.Pool,
  signal: AbortSignal,
  work: (run: RunStatement) => Promise<Result>,
): Promise<Result> {
  const client = await acquireConnection(pool, signal);
  let latest: Promise<unknown> = Promise.resolve();
  try {
    await client.query(begin);
    const value = await work(async <Row extends object>(statement: pg.QueryConfig) => {
      const result = sendStatement<Row>(client, statement);
      latest = result;
      return (await abortable(result, signal)).rows;
    });
    signal.throwIfAborted();
    const { command } = await client.query('COMMIT');
    // PostgreSQL treats a COMMIT after a failed statement as a ROLLBACK, and reports no error.
    if (command !== 'COMMIT') throw new Error('A statement of the transaction failed, and nothing was written.');
    releaseConnection(client);
    return value;
  } catch (error) {
    if (signal.aborted) void cancelAndRelease(client, latest, 'broken');
    else await rollBack(client);
    throw error;
  }
}

async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    releaseConnection(client);
  } catch {
    releaseConnection(client, 'broken');
  }
}
