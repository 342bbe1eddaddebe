import type pg from 'pg';

import { cancelAndRelease, releaseConnection, acquireConnection, abortable } from './run-statement.js';

/** Runs one statement of a transaction. */
export type RunStatement = <Row extends object>(statement: pg.QueryConfig) => Promise<Row[]>;

/** Who waits longer for somebody else's lock would rather try again, than keep a connection from those who read. */
const begin = `BEGIN; SET LOCAL lock_timeout = '5s'`;

/**
 * Does some work in a transaction on a connection of the pool: all of it is committed when it is done, and nothing is left of
 * it when it throws, the connection breaks, or `signal` is aborted. Once it is being committed nothing stops it any more, so
 * that nobody is told of a failure who was served.
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
    const result = await work(async <Row extends object>(statement: pg.QueryConfig) => {
      const answer = client.query<Row>(statement);
      latest = answer;
      return (await abortable(answer, signal)).rows;
    });
    signal.throwIfAborted();
    const { command } = await client.query('COMMIT');
    // PostgreSQL takes a COMMIT after a failed statement for a ROLLBACK, without a word.
    if (command !== 'COMMIT') throw new Error('A statement of the transaction failed, and nothing was written.');
    releaseConnection(client);
    return result;
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
