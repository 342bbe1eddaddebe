import type { DataSource, EntityManager } from 'typeorm';

/** Runs a statement within a transaction. One that writes gives its rows through a WITH. */
export type Run = <Row>(statement: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * One transaction on the index, alone: two that conclude from each other's half of the statements would both conclude wrong.
 * Reading feeds goes on meanwhile, so that a slow country holds up nobody.
 */
export function inExclusiveTransaction<Result>(
  dataSource: DataSource,
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const turn = (lastTransactions.get(dataSource) ?? Promise.resolve()).then(() => transact(dataSource, work));
  const over = (): void => undefined;
  lastTransactions.set(dataSource, turn.then(over, over));
  return turn;
}

/** When the last of a pool's transactions is over. Who waits here holds no connection: all countries would leave none to answer. */
const lastTransactions = new WeakMap<DataSource, Promise<void>>();

const transact = <Result>(dataSource: DataSource, work: (run: Run) => Promise<Result>): Promise<Result> =>
  dataSource.transaction(async (manager: EntityManager) => {
    const run: Run = (statement, values = []) => manager.query(statement, [...values]);
    await run(`SET LOCAL statement_timeout = 0`);
    // Another process may follow the same feeds.
    await run(`SELECT pg_advisory_xact_lock(hashtext('reuse-graph index'))`);
    return work(run);
  });
