import type { DataSource, EntityManager } from 'typeorm';

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

const transact = <Result>(dataSource: DataSource, work: (run: Run) => Promise<Result>): Promise<Result> =>
  dataSource.transaction(async (manager: EntityManager) => {
    const run: Run = (statement, values = []) => manager.query(statement, [...values]);
    await run(`SET LOCAL statement_timeout = 0`);
    // Another process may follow the same feeds.
    await run(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph index'))`);
    return work(run);
  });
