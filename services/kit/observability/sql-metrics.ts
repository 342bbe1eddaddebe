import type pg from 'pg';

import { type Metrics, noMetrics } from './metrics.js';

type Measure = <Result>(signal: AbortSignal, statement: () => Promise<Result>) => Promise<Result>;

/** Creates a function that measures statements, from the wait for a connection to the last row. */
export function measureStatements(metrics: Metrics): Measure {
  if (metrics === noMetrics) return (_signal, statement) => statement();
  const observe = metrics.histogram({
    name: 'sql_statement_duration_seconds',
    help: 'Duration of SQL statements by outcome.',
    labels: ['outcome'],
  });
  return async (signal, statement) => {
    const startedAt = performance.now();
    const record = (outcome: string): void => {
      observe({ outcome }, (performance.now() - startedAt) / 1000);
    };
    try {
      const result = await statement();
      record('ok');
      return result;
    } catch (error) {
      record(signal.aborted ? 'cancelled' : 'failed');
      throw error;
    }
  };
}

/** Measures the use of a connection pool. */
export function measurePool(metrics: Metrics, pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>): void {
  metrics.gauge(
    { name: 'sql_connections_in_use', help: 'Connections to the database that run a statement or a transaction.' },
    () => pool.totalCount - pool.idleCount,
  );
  metrics.gauge(
    { name: 'sql_statements_waiting', help: 'Statements that wait for a connection.' },
    () => pool.waitingCount,
  );
}
