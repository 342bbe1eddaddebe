import { setTimeout as wait } from 'node:timers/promises';

import type pg from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

import { requestCancel } from '../../../kit/database/cancel-statement.js';

/** How an import waits for another one, and how it is interrupted. */
export interface ImportControl {
  /** Called with what the import does next, or waits for. */
  readonly onStep?: ((step: string) => void) | undefined;
  /** Interrupts the import: its statement is cancelled, and nothing is written. */
  readonly signal?: AbortSignal | undefined;
  /** How long it waits for another import. */
  readonly maxWaitMs?: number | undefined;
}

/** An import that was interrupted: nothing was written. */
export class ImportInterruptedError extends Error {
  constructor() {
    super('The import was interrupted. Nothing was written.');
  }
}

/** Another import did not end in time: nothing was written. */
export class ImportBusyError extends Error {}

/** An import of a whole country takes a few minutes. */
const defaultMaxWaitMs = 600_000;
const lockIntervalMs = 250;
const cancelIntervalMs = 200;

/**
 * Runs an import in one transaction, one import after the other. It is committed if `work` says so, and otherwise rolled back.
 *
 * @throws ImportInterruptedError, ImportBusyError
 */
export async function inImportTransaction<Result>(
  dataSource: DataSource,
  control: ImportControl,
  work: (manager: EntityManager) => Promise<{ readonly result: Result; readonly commit: boolean }>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  const stopCancelling = cancelWhenAborted((await runner.connect()) as pg.PoolClient, control.signal);
  try {
    await runner.startTransaction();
    await prepare(runner);
    await lockImports(runner.manager, control);
    const { result, commit } = await work(runner.manager);
    control.signal?.throwIfAborted();
    if (commit) {
      control.onStep?.('writing the changes to the feed, and committing');
      await runner.commitTransaction();
    } else await runner.rollbackTransaction();
    return result;
  } catch (error) {
    const isInterrupted = control.signal?.aborted === true;
    await stopCancelling();
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw isInterrupted ? new ImportInterruptedError() : error;
  } finally {
    await stopCancelling();
    await runner.release();
  }
}

async function prepare(runner: QueryRunner): Promise<void> {
  await runner.query('SET LOCAL statement_timeout = 0');
  // If this process is killed, PostgreSQL ends the statement too. Not every operating system can do that.
  await runner.query(`DO $$ BEGIN SET LOCAL client_connection_check_interval = '5s';
    EXCEPTION WHEN invalid_parameter_value THEN NULL; END $$`);
}

/** Cancels the statements of a connection from the moment when `signal` is aborted, until the returned function is called. */
function cancelWhenAborted(client: pg.PoolClient, signal: AbortSignal | undefined): () => Promise<void> {
  let isOver = false;
  let cancelling = Promise.resolve();
  const cancel = async (): Promise<void> => {
    // A request that arrives between two statements cancels nothing.
    while (!isOver) {
      await requestCancel(client).catch(() => undefined);
      await wait(cancelIntervalMs);
    }
  };
  const start = (): void => {
    cancelling = cancel();
  };
  signal?.addEventListener('abort', start, { once: true });
  return async () => {
    isOver = true;
    signal?.removeEventListener('abort', start);
    await cancelling;
  };
}

const lockKey = `hashtext('reuse-graph import')`;

/** Waits for another import in progress. */
async function lockImports(manager: EntityManager, { onStep, signal, maxWaitMs = defaultMaxWaitMs }: ImportControl) {
  const deadline = performance.now() + maxWaitMs;
  for (;;) {
    signal?.throwIfAborted();
    const [{ locked } = { locked: false }]: { locked: boolean }[] = await manager.query(
      `SELECT pg_try_advisory_xact_lock(${lockKey}) AS locked`,
    );
    if (locked) return;
    const other = await describeOtherImport(manager);
    if (performance.now() > deadline) {
      throw new ImportBusyError(
        `Another import is still running after ${Math.round(maxWaitMs / 1000)} s: ${other}. Nothing was written. ` +
          'Import again when it has ended; pg_terminate_backend(<process>) ends it.',
      );
    }
    onStep?.(`waiting for another import: ${other}`);
    await wait(lockIntervalMs, undefined, signal ? { signal } : {});
  }
}

/** `PostgreSQL process 4711, since 2026-11-29T12:00:00Z` */
async function describeOtherImport(manager: EntityManager): Promise<string> {
  const [other]: { pid: number; since: string | null }[] = await manager.query(
    `SELECT l.pid, to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
    FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (l.classid::bigint << 32 | l.objid::bigint) = ${lockKey}::bigint`,
  );
  return other ? `PostgreSQL process ${other.pid}, since ${other.since ?? 'an unknown time'}` : 'it has just ended';
}
