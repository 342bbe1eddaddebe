import type pg from 'pg';
import type { DataSource } from 'typeorm';

import { sendStatement } from '../../kit/database/run-statement.js';
import { SerialQueue } from '../../kit/serial-queue.js';

/** Runs a statement within a transaction. To return the rows that it writes, the statement puts the write into a WITH. */
export type Run = <Row>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Runs one transaction on the index at a time: two that each derive from half of the statements would both derive wrongly.
 * Feeds are read meanwhile, so that a slow country does not block the others.
 */
export const inExclusiveTransaction = <Result>(
  dataSource: DataSource,
  work: (run: Run) => Promise<Result>,
): Promise<Result> => queueOf(dataSource).run(() => transact(dataSource, work));

/** How many transactions wait or run. */
export const countTransactions = (dataSource: DataSource): number => queueOf(dataSource).size;

/**
 * The transactions of each connection pool. Waiting here takes no connection: otherwise the loops of all countries would leave none
 * for requests.
 */
const queues = new WeakMap<DataSource, SerialQueue>();

function queueOf(dataSource: DataSource): SerialQueue {
  const queue = queues.get(dataSource) ?? new SerialQueue();
  queues.set(dataSource, queue);
  return queue;
}

/**
 * In one message, because each waits until this process is free. A commit does not wait for the disk: if a crash loses the last ones,
 * the cursors are lost with them, and their pages are read again.
 * Compiling a statement takes PostgreSQL up to half a second, and it assumes far too high a cost for many of them.
 * Another process may follow the same feeds, hence the lock. */
const begin = `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off; SET LOCAL jit = off; SELECT pg_advisory_xact_lock(hashtext('reuse-graph index'))`;

async function transact<Result>(dataSource: DataSource, work: (run: Run) => Promise<Result>): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    // Not by TypeORM, of which the promises of node-postgres are awaited: see `sendStatement`.
    const client = (await runner.connect()) as pg.PoolClient;
    const run: Run = async <Row>(text: string, values: readonly unknown[] = []) =>
      (await sendStatement(client, { text, values: [...values] })).rows as Row[];
    await run(begin);
    try {
      const result = await work(run);
      await run('COMMIT');
      return result;
    } catch (error) {
      // The connection may be what failed.
      await run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}
