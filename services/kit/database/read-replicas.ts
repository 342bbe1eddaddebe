import pg from 'pg';

/** Servers that follow the primary and may be some moments behind. */
export interface Replicas {
  /** Reads at one of them; at the primary when there is none, or when it cannot answer. */
  readonly read: <Result>(
    signal: AbortSignal,
    at: (pool: pg.Pool) => Promise<Result>,
    atPrimary: () => Promise<Result>,
  ) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/** For how long one that failed is not asked. */
const cooldownMs = 10_000;

/**
 * Replicas that are asked in turn. None has to be there: it is connected to when it is asked, and one that fails costs the
 * statement a second attempt at the primary. TypeORM's own replication does not start while one is away.
 *
 * @param onFault told when one is left alone for a while.
 */
export function openReplicas(options: readonly pg.PoolConfig[], onFault: (error: unknown) => void): Replicas {
  const replicas = options.map((option) => {
    const pool = new pg.Pool(option);
    // A connection that breaks while nobody uses it is replaced.
    pool.on('error', () => undefined);
    return { pool, restsUntil: 0 };
  });
  let turn = 0;
  const next = () => {
    turn += 1;
    const awake = replicas.filter(({ restsUntil }) => restsUntil <= performance.now());
    return awake[turn % awake.length];
  };
  return {
    read: async (signal, at, atPrimary) => {
      const replica = next();
      if (!replica) return atPrimary();
      try {
        return await at(replica.pool);
      } catch (error) {
        if (signal.aborted || !isReplicasOwn(error)) throw error;
        if (replica.restsUntil <= performance.now()) onFault(error);
        replica.restsUntil = performance.now() + cooldownMs;
        return atPrimary();
      }
    },
    close: async () => {
      await Promise.all(replicas.map(({ pool }) => pool.end()));
    },
  };
}

/**
 * What the primary would not say: the replica cannot be reached, has no connection left, goes down, replays what the statement
 * reads, or has not replayed a migration yet. What is no error of PostgreSQL's is one of the connection.
 */
const isReplicasOwn = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || /^(?:08|53|57P|40001|42P01|42703)/.test(error.code ?? '');
