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

import { DatabaseUnavailableError, requireSupportedVersion } from './connection-error.js';
import { InputError } from '../graphql/errors.js';
import { type Metrics, noMetrics } from '../observability/metrics.js';
import { closeHungConnections } from './hung-connections.js';
import { openReplicas } from './read-replicas.js';
import type { RequestContext } from '../observability/request-context.js';
import { measureStatements, measurePool } from '../observability/sql-metrics.js';
import { abortable, runStatement } from './run-statement.js';
import { recordsSpans, withSpan } from '../observability/tracing.js';
import { type RunStatement, runTransaction } from './transaction.js';

/** Runs one statement and returns its rows. */
export type Query = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A connection pool to one PostgreSQL database. */
export interface Database {
  /** For migrations and transactions. */
  readonly dataSource: DataSource;
  /**
   * Runs one statement, prepared once per connection: equal text means equal plan. That of a request is cancelled with
   * it, and reads from a replica if the request allows it.
   *
   * @throws InputError INVALID_ARGUMENT if a value contains a character that PostgreSQL cannot store in a text.
   * @throws GraphQLError DEADLINE_EXCEEDED if the request is over.
   */
  readonly query: Query;
  /**
   * Runs `work` in a transaction: everything is written when it is done, and nothing if it throws. Its statements are like those
   * of `query`; one that waits for a lock for five seconds fails: see `isLockConflict`.
   */
  readonly transaction: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>;
  /** The same for what a request needs: see `query`. Without it, statements are not cancelled. */
  readonly forRequest: (request: RequestContext) => StatementRunner;
  readonly close: () => Promise<void>;
}

/** Runs statements: those of a request, or others. */
export type StatementRunner = Pick<Database, 'query' | 'transaction'>;

export interface DatabaseOptions {
  readonly url: string;
  /** Read replicas, for requests that allow them: see `allowReplicaReads`. Default: none. */
  readonly replicaUrls?: readonly string[] | undefined;
  /** Called when a replica failed, and is not used for a while. */
  readonly onReplicaError?: ((error: unknown) => void) | undefined;
  readonly entities: readonly EntitySchema[];
  readonly migrations: (new () => MigrationInterface)[];
  /** Called with every statement. */
  readonly onStatement?: ((text: string) => void) | undefined;
  readonly metrics?: Metrics | undefined;
}

// A date is a day, not a moment in a time zone, to which node-postgres converts it.
pg.types.setTypeParser(pg.types.builtins.DATE, (day: string) => day);

/** The parsers of node-postgres, of whose types its declarations omit `text[]`. */
interface TypeParsers {
  readonly getTypeParser: (type: number) => (text: string) => string[];
  readonly setTypeParser: (type: number, parse: (text: string) => string[]) => void;
}

const parsers = pg.types as unknown as TypeParsers;
const textArray = 1009;
const parseAnyArray = parsers.getTypeParser(textArray);
// Nearly all arrays are codes, which need no quotes; node-postgres looks at every character.
parsers.setTypeParser(textArray, (text) => {
  if (!text.startsWith('{') || /["\\{}]|NULL/.test(text.slice(1, -1))) return parseAnyArray(text);
  return text === '{}' ? [] : text.slice(1, -1).split(',');
});

const milliseconds = { connect: 5_000, connectToReplica: 2_000, statement: 10_000 };
const poolSize = 16;
/** They stay open without use: a server whose disk is full may accept no new ones, and still be read by these. */
const minIdle = 4;
/** A server whose machine is gone does not close its connections; work outside of requests, such as harvesting, would wait for hours. */
const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/**
 * Connects.
 *
 * @throws DatabaseUnavailableError if there is no server, or it rejects the role. UnsupportedDatabaseError if it is too old.
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
    // Not loaded by its name, which a bundle does not have.
    driver: pg,
    url,
    entities: [...entities],
    migrations,
    synchronize: false,
    logger: new SilentLogger(),
    connectTimeoutMS: milliseconds.connect,
    poolSize,
    // Limits what a client's operation can cost. Migrations and imports lift it for their own transaction.
    extra: { statement_timeout: milliseconds.statement, min: minIdle, ...keepAlive },
  };
  const dataSource = await new DataSource(options).initialize().catch((error: unknown) => {
    throw new DatabaseUnavailableError(url, error);
  });
  try {
    const [{ version } = { version: '' }]: { version: string }[] = await dataSource.query(
      `SELECT current_setting('server_version') AS version`,
    );
    requireSupportedVersion(url, version);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  const pool = getPool(dataSource);
  const replicas = openReplicas(
    replicaUrls.map((connectionString) => ({
      connectionString,
      connectionTimeoutMillis: milliseconds.connectToReplica,
      max: poolSize,
      min: minIdle,
      statement_timeout: milliseconds.statement,
      ...keepAlive,
    })),
    onReplicaError,
    metrics,
  );
  const nameOf = createNames();
  const measured = measureStatements(metrics);
  measurePool(metrics, pool);
  const stopWatching = closeHungConnections(pool, metrics);
  const queryBy =
    (signal: AbortSignal, run: RunStatement): Query =>
    async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      signal.throwIfAborted();
      onStatement?.(text);
      try {
        const statement = { ...nameOf(text), text, values: [...values] };
        const execute = () => measured(signal, () => run<Row>(statement));
        if (!recordsSpans()) return await execute();
        const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
        return await withSpan(getVerb(text), attributes, execute, 'client');
      } catch (error) {
        throw isInvalidText(error) ? new InputError('INVALID_ARGUMENT', invalidText) : error;
      }
    };
  const runFor = (request: RequestContext | undefined): StatementRunner => {
    const { signal = never, statements } = request ?? {};
    const query = queryBy(signal, (statement) => {
      const at = (server: pg.Pool) => runStatement<never>(server, statement, signal);
      const run = () => (request?.allowReplicaReads === true ? replicas.read(signal, at, () => at(pool)) : at(pool));
      return statements ? abortable(statements.execute(run), signal) : run();
    });
    return {
      query,
      transaction: (work) => runTransaction(pool, signal, (run) => work(queryBy(signal, run))),
    };
  };
  return {
    dataSource,
    ...runFor(undefined),
    forRequest: runFor,
    close: async () => {
      stopWatching();
      await Promise.all([dataSource.destroy(), replicas.close()]);
    },
  };
}

/** Whether a statement waited for a lock too long, or in a deadlock: the client can retry. */
export const isLockConflict = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '40P01');

/** Work outside a request is not cancelled. */
const never = new AbortController().signal;
setMaxListeners(0, never);

/** Filters and orders combine to thousands of texts, and each connection keeps its prepared statements for ever. */
const maxPrepared = 500;

/** Names statements by their text; the texts after the first `maxPrepared` get no name. */
function createNames(): (text: string) => { name?: string } {
  const names = new Map<string, { name: string }>();
  return (text) => {
    const existing = names.get(text);
    if (existing || names.size >= maxPrepared) return existing ?? {};
    const name = { name: `s${names.size}` };
    names.set(text, name);
    return name;
  };
}

/** `SELECT`, `WITH`: texts differ too much to name spans by more. They contain no values. */
const getVerb = (text: string): string => /\w+/.exec(text)?.[0].toUpperCase() ?? 'SQL';

const invalidText = 'A text contains the character U+0000, which is not allowed.';

/** PostgreSQL's `character_not_in_repertoire`: of what JavaScript sends, only U+0000 is. */
const isInvalidText = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '22021';

/** Errors are thrown, and logged where they are handled. */
class SilentLogger extends AbstractLogger {
  protected override writeLog(): void {
    return;
  }
}

/** TypeORM's own pool, so that a process holds one. It prepares named statements, which TypeORM does not offer itself. */
function getPool(dataSource: DataSource): pg.Pool {
  const { driver } = dataSource;
  if (!('master' in driver) || !(driver.master instanceof pg.Pool))
    throw new Error('TypeORM has no node-postgres pool.');
  return driver.master;
}

/** Runs one statement of a migration. */
export type RunMigration = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Work before and after the migrations of a database, each in its own transaction. */
export interface MigrationHooks {
  readonly before: (run: RunMigration) => Promise<void>;
  readonly after: (run: RunMigration) => Promise<void>;
}

/** Runs the pending migrations. Processes that start at the same time do so one after the other. */
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
