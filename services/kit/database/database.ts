import { setMaxListeners } from 'node:events';

import pg from 'pg';
import {
  AbstractLogger,
  DataSource,
  type DataSourceOptions,
  type EntitySchema,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';

import { DatabaseUnavailableError } from './connection-error.js';
import { InputError } from '../graphql/errors.js';
import { type Metrics, noMetrics } from '../observability/metrics.js';
import { openReplicas } from './read-replicas.js';
import { currentRequest } from '../observability/request-context.js';
import { measureStatements, measurePool } from '../observability/sql-metrics.js';
import { runStatement } from './run-statement.js';
import { withSpan } from '../observability/tracing.js';
import { type RunStatement, runTransaction } from './transaction.js';

/** Runs one statement and gives its rows. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A connection pool to one PostgreSQL database. */
export interface Database {
  /** For migrations and transactions. */
  readonly dataSource: DataSource;
  /**
   * Runs one statement, prepared once per connection: equal text means equal plan. It ends with the request that it serves, and
   * reads at a replica if that may lag.
   *
   * @throws InputError INVALID_ARGUMENT when a value holds what no text in PostgreSQL can.
   * @throws GraphQLError DEADLINE_EXCEEDED when the request is over.
   */
  readonly query: Query;
  /**
   * Does some work in a transaction: all of it is written when it is done, and nothing when it throws. Its statements are as
   * those of `query`; one that waits for somebody else's lock for five seconds is given up: see `isBusy`.
   */
  readonly transaction: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Where is read what may be some moments behind: see `mayLag` of a request. Default: at `url`. */
  readonly replicaUrls?: readonly string[] | undefined;
  /** Told when a replica is left alone for a while. */
  readonly onReplicaError?: ((error: unknown) => void) | undefined;
  readonly entities: readonly EntitySchema[];
  readonly migrations: (new () => MigrationInterface)[];
  /** Told of every statement that `query` runs. */
  readonly onStatement?: ((text: string) => void) | undefined;
  readonly metrics?: Metrics | undefined;
}

// A date is a day, not a moment in the time zone of whoever reads it; node-postgres makes a moment of it.
pg.types.setTypeParser(pg.types.builtins.DATE, (day: string) => day);

const milliseconds = { connect: 5_000, connectToReplica: 2_000, statement: 10_000 };
const poolSize = 16;

/**
 * Connects.
 *
 * @throws DatabaseUnavailable when nothing answers there, or does not let this role in.
 */
export async function openDatabase({
  url,
  replicaUrls = [],
  onReplicaError = () => undefined,
  entities,
  migrations,
  onStatement,
  metrics = noMetrics,
}: DatabaseOptions): Promise<Database> {
  const options: DataSourceOptions = {
    type: 'postgres',
    url,
    entities: [...entities],
    migrations,
    synchronize: false,
    logger: new SilentLogger(),
    connectTimeoutMS: milliseconds.connect,
    poolSize,
    // Bounds what a client's question can cost. Migrations and imports lift it for their own transaction.
    extra: { statement_timeout: milliseconds.statement },
  };
  const dataSource = await new DataSource(options).initialize().catch((error: unknown) => {
    throw new DatabaseUnavailableError(url, error);
  });
  const pool = poolOf(dataSource);
  const replicas = openReplicas(
    replicaUrls.map((connectionString) => ({
      connectionString,
      connectionTimeoutMillis: milliseconds.connectToReplica,
      max: poolSize,
      statement_timeout: milliseconds.statement,
    })),
    onReplicaError,
  );
  const nameOf = createNames();
  const measured = measureStatements(metrics);
  measurePool(metrics, pool);
  const queryBy =
    (signal: AbortSignal, run: RunStatement): Query =>
    async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      signal.throwIfAborted();
      onStatement?.(text);
      try {
        const statement = { ...nameOf(text), text, values: [...values] };
        return await withSpan(
          verbOf(text),
          { 'db.system.name': 'postgresql', 'db.query.text': text },
          () => measured(signal, () => run<Row>(statement)),
          'client',
        );
      } catch (error) {
        throw isUnstorableText(error) ? new InputError('INVALID_ARGUMENT', unstorable) : error;
      }
    };
  const signalOfRequest = (): AbortSignal => currentRequest()?.signal ?? never;
  return {
    dataSource,
    query: (text, values) => {
      const signal = signalOfRequest();
      return queryBy(signal, (statement) => {
        const at = (server: pg.Pool) => runStatement<never>(server, statement, signal);
        return currentRequest()?.allowReplicaReads ? replicas.read(signal, at, () => at(pool)) : at(pool);
      })(text, values);
    },
    transaction: (work) => {
      const signal = signalOfRequest();
      return runTransaction(pool, signal, (run) => work(queryBy(signal, run)));
    },
    close: async () => {
      await Promise.all([dataSource.destroy(), replicas.close()]);
    },
  };
}

/** Whether somebody else held too long what a statement needed, or two waited for one another: to be tried again. */
export const isLockConflict = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01');

/** Work that no request asked for ends by itself. */
const never = new AbortController().signal;
setMaxListeners(0, never);

/** Filters and orders combine to thousands of texts, and each connection keeps what it has prepared for ever. */
const mostPrepared = 500;

/** Names for statements by their text; none for what comes after the first `mostPrepared`. */
function createNames(): (text: string) => { name?: string } {
  const names = new Map<string, { name: string }>();
  return (text) => {
    const known = names.get(text);
    if (known || names.size >= mostPrepared) return known ?? {};
    const name = { name: `s${names.size}` };
    names.set(text, name);
    return name;
  };
}

/** `SELECT`, `WITH`: texts differ too much to name spans by more. They hold no values. */
const verbOf = (text: string): string => /\w+/.exec(text)?.[0].toUpperCase() ?? 'SQL';

const unstorable = 'A text holds the character U+0000, which no text here can have.';

/** PostgreSQL's `character_not_in_repertoire`: of what JavaScript sends, only U+0000 is. */
const isUnstorableText = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '22021';

/** What fails is thrown, and logged by whoever catches it. */
class SilentLogger extends AbstractLogger {
  protected override writeLog(): void {
    return;
  }
}

/** TypeORM's own pool, so that a process holds one. It prepares named statements, which TypeORM does not offer itself. */
function poolOf(dataSource: DataSource): pg.Pool {
  const { driver } = dataSource;
  if (!('master' in driver) || !(driver.master instanceof pg.Pool))
    throw new Error('TypeORM has no node-postgres pool.');
  return driver.master;
}

/** Runs one statement of a migration. */
export type RunMigration = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** What belongs to the migrations of a database, each in a transaction of its own. */
export interface MigrationHooks {
  readonly before: (run: RunMigration) => Promise<void>;
  readonly after: (run: RunMigration) => Promise<void>;
}

/** Brings the schema up to date. Processes that start at once do it one after the other. */
export async function runMigrations(
  { dataSource }: Pick<Database, 'dataSource'>,
  around?: MigrationHooks,
): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SET statement_timeout = 0');
    await lock.query(`SELECT pg_advisory_lock(hashtext('reuse-graph migration'))`);
    if (around) await inTransaction(lock, around.before);
    const run = await dataSource.runMigrations({ transaction: 'all' });
    if (around) await inTransaction(lock, around.after);
    return run.map(({ name }) => name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()');
    await lock.query('RESET statement_timeout');
    await lock.release();
  }
}

async function inTransaction(runner: QueryRunner, work: (run: RunMigration) => Promise<void>): Promise<void> {
  await runner.startTransaction();
  try {
    await work((text, values) => runner.query(text, values));
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
