import type { DataSource } from 'typeorm';

/** Runs a statement within a transaction. To return the rows that it writes, the statement puts the write into a WITH. */
export type Run = <Row>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * Runs one transaction on the index at a time: two that each derive from half of the statements would both derive wrongly.
 * Feeds are read meanwhile, so that a slow country does not block the others.
 */
export function inExclusiveTransaction<Result>(
  dataSource: DataSource,
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { last, count } = queues.get(dataSource) ?? emptyQueue;
  const result = last.then(() => transact(dataSource, work));
  const ended = (): void => {
    const { last: latest, count: left } = queues.get(dataSource) ?? emptyQueue;
    queues.set(dataSource, { last: latest, count: left - 1 });
  };
  queues.set(dataSource, { last: result.then(ended, ended), count: count + 1 });
  return result;
}

/** How many transactions wait or run. */
export const countTransactions = (dataSource: DataSource): number => (queues.get(dataSource) ?? emptyQueue).count;

/**
 * The transactions of a connection pool: when the last one has ended, and how many there are. Waiting here takes no connection:
 * otherwise the loops of all countries would leave none for requests.
 */
const queues = new WeakMap<DataSource, { readonly last: Promise<void>; readonly count: number }>();
const emptyQueue = { last: Promise.resolve(), count: 0 };

/**
 * In one message, because each waits until this process is free. A commit does not wait for the disk: if a crash loses the last ones,
 * the cursors are lost with them, and their pages are read again.
 * Another process may follow the same feeds, hence the lock. */
const begin = `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(hashtext('reuse-graph index'))`;

async function transact<Result>(dataSource: DataSource, work: (run: Run) => Promise<Result>): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  const run: Run = (statement, values = []) => runner.query(statement, [...values]);
  try {
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
