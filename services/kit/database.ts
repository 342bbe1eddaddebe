import pg from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';

/** A connection pool to one PostgreSQL database. */
export interface Database {
  /** For migrations and transactions. */
  readonly dataSource: DataSource;
  /** Runs one statement, prepared once per connection: equal text means equal plan. */
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: EntitySchema<never>[];
  readonly migrations: (new () => MigrationInterface)[];
  /** Told of every statement that `query` runs. */
  readonly onStatement?: ((text: string) => void) | undefined;
}

// A date is a day, not a moment in the time zone of whoever reads it; node-postgres makes a moment of it.
pg.types.setTypeParser(pg.types.builtins.DATE, (day: string) => day);

const milliseconds = { connect: 5_000, statement: 10_000 };

/** Connects. Throws when the database cannot be reached. */
export async function openDatabase({ url, entities, migrations, onStatement }: DatabaseOptions): Promise<Database> {
  const options: DataSourceOptions = {
    type: 'postgres',
    url,
    entities,
    migrations,
    synchronize: false,
    connectTimeoutMS: milliseconds.connect,
    poolSize: 16,
    // Bounds what a client's question can cost. Migrations and imports lift it for their own transaction.
    extra: { statement_timeout: milliseconds.statement },
  };
  const dataSource = await new DataSource(options).initialize();
  const pool = poolOf(dataSource);
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const known = names.get(text);
    if (known) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
  return {
    dataSource,
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      onStatement?.(text);
      const { rows } = await pool.query<Row>({ name: nameOf(text), text, values: [...values] });
      return rows;
    },
    close: () => dataSource.destroy(),
  };
}

/** TypeORM's own pool, so that a process holds one. It prepares named statements, which TypeORM does not offer itself. */
function poolOf(dataSource: DataSource): pg.Pool {
  const { driver } = dataSource;
  if (!('master' in driver) || !(driver.master instanceof pg.Pool))
    throw new Error('TypeORM has no node-postgres pool.');
  return driver.master;
}

/** Brings the schema up to date. Processes that start at once do it one after the other. */
export async function migrate({ dataSource }: Pick<Database, 'dataSource'>): Promise<string[]> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SET statement_timeout = 0');
    await lock.query(`SELECT pg_advisory_lock(hashtext('reuse-graph migration'))`);
    const run = await dataSource.runMigrations({ transaction: 'all' });
    return run.map(({ name }) => name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()');
    await lock.query('RESET statement_timeout');
    await lock.release();
  }
}
