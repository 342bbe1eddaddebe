import pg from 'pg';

import type { Metrics } from '../observability/metrics.js';
import { closeHungConnections } from './hung-connections.js';

/** Servers that follow the primary, and may lag behind it by some moments. */
export interface Replicas {
  /** Reads from one of them; from the primary if none is available, or if it fails. */
  readonly read: <Result>(
    signal: AbortSignal,
    at: (pool: pg.Pool) => Promise<Result>,
    atPrimary: () => Promise<Result>,
  ) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/** How long a replica that failed is not used. */
const cooldownMs = 10_000;

/**
 * Uses replicas in turn. None has to be available: it is connected to on first use, and one that fails costs the statement a
 * second attempt at the primary. TypeORM's own replication does not start while one is down.
 *
 * @param onError called when a replica failed, and is not used for a while.
 */
export function openReplicas(
  options: readonly pg.PoolConfig[],
  onError: (error: unknown) => void,
  metrics: Metrics,
): Replicas {
  const replicas = options.map((option) => {
    const pool = new pg.Pool(option);
    // An idle connection that breaks is replaced.
    pool.on('error', () => undefined);
    return { pool, cooldownUntil: 0, stopWatching: closeHungConnections(pool, metrics) };
  });
  let turn = 0;
  const next = () => {
    turn += 1;
    const available = replicas.filter(({ cooldownUntil }) => cooldownUntil <= performance.now());
    return available[turn % available.length];
  };
  return {
    read: async (signal, at, atPrimary) => {
      const replica = next();
      if (!replica) return atPrimary();
      try {
        return await at(replica.pool);
      } catch (error) {
        if (signal.aborted || !isReplicaError(error)) throw error;
        if (replica.cooldownUntil <= performance.now()) onError(error);
        replica.cooldownUntil = performance.now() + cooldownMs;
        return atPrimary();
      }
    },
    close: async () => {
      for (const { stopWatching } of replicas) stopWatching();
      await Promise.all(replicas.map(({ pool }) => pool.end()));
    },
  };
}

/**
 * Errors that the primary would not have: the replica cannot be reached, has no connection left, shuts down, replays what the
 * statement reads, or has not replayed a migration yet. Any error that is not one of PostgreSQL is one of the connection.
 */
const isReplicaError = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || /^(?:08|53|57P|40001|42P01|42703)/.test(error.code ?? '');
