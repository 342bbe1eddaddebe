import type pg from 'pg';

import { type Metrics, noMetrics } from './metrics.js';

type Measure = <Result>(signal: AbortSignal, statement: () => Promise<Result>) => Promise<Result>;

/** Makes what times statements, from the wait for a connection to the last row. */
export function measureStatements(metrics: Metrics): Measure {
  if (metrics === noMetrics) return (_signal, statement) => statement();
  const observe = metrics.histogram({
    name: 'sql_statement_duration_seconds',
    help: 'Statements that answer requests, by whether they came to their end, and how long they took.',
    labels: ['outcome'],
  });
  return async (signal, statement) => {
    const began = performance.now();
    const note = (outcome: string): void => {
      observe({ outcome }, (performance.now() - began) / 1000);
    };
    try {
      const result = await statement();
      note('ok');
      return result;
    } catch (error) {
      note(signal.aborted ? 'cancelled' : 'failed');
      throw error;
    }
  };
}

/** Shows how far a pool is used up. */
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
