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
  const result = (lastTransactions.get(dataSource) ?? Promise.resolve()).then(() => transact(dataSource, work));
  const ended = (): void => undefined;
  lastTransactions.set(dataSource, result.then(ended, ended));
  return result;
}

/**
 * When the last transaction of a connection pool has ended. Waiting here takes no connection: otherwise the loops of all
 * countries would leave none for requests.
 */
const lastTransactions = new WeakMap<DataSource, Promise<void>>();

/** In one message, because each waits until this process is free. Another process may follow the same feeds, hence the lock. */
const begin = `BEGIN; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(hashtext('reuse-graph index'))`;

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
