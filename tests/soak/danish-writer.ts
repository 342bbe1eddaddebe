import pg from 'pg';

import type { Random } from '../../services/kit/testing/random.js';

/** Writes random changes to Denmark's database by SQL. */
export interface DanishWriter {
  /** Runs one transaction of random changes. Some are rolled back. */
  readonly writeNext: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The number of different ids that are added of each type, so that deleted rows return. */
const maxAdded = 40;

/** Connects to Denmark's database, in which the bundled tables are imported. */
export async function openDanishWriter(databaseUrl: string, random: Random): Promise<DanishWriter> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const addresses = await idsOf(client, `SELECT DISTINCT address AS id FROM catalogue_record ORDER BY 1 LIMIT 12`);
  const users = await idsOf(client, `SELECT id FROM organisation WHERE type = 'ADMINISTRATION' ORDER BY 1 LIMIT 12`);
  const address = (): string => random.pick(addresses);
  const user = (): string => random.pick([random.pick(users), added('administration'), 'be:administration:1']);
  const added = (type: string): string => `dk:${type}:soak-${random.below(maxAdded)}`;

  /** Adds a copy of a random row with these values, unless its id exists. */
  const insert = (table: string, row: object): Promise<unknown> =>
    client.query(
      `INSERT INTO ${table} SELECT made.* FROM (
        SELECT * FROM ${table} ORDER BY id OFFSET $2::int % greatest(1, (SELECT count(*) FROM ${table})) LIMIT 1
      ) model CROSS JOIN LATERAL jsonb_populate_record(
        (SELECT original FROM ${table} original WHERE original.id = model.id), $1::jsonb) made
      ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(row), random.below(1000)],
    );
  /** Runs a statement on one random row. */
  const changeOne = (table: string, statement: string, where = 'true', value?: unknown): Promise<unknown> =>
    client.query(
      `${statement} WHERE id = (SELECT id FROM ${table} WHERE ${where} ORDER BY id
        OFFSET $1::int % greatest(1, (SELECT count(*) FROM ${table} WHERE ${where})) LIMIT 1)`,
      value === undefined ? [random.below(1000)] : [random.below(1000), value],
    );

  const changes: readonly [() => Promise<unknown>, ...(() => Promise<unknown>)[]] = [
    () => insert('adoption', { id: added('adoption'), administration_id: user(), address: address() }),
    () => insert('adoption', { id: added('adoption'), administration_id: user(), address: address() }),
    () => changeOne('adoption', 'UPDATE adoption SET address = $2', 'true', address()),
    () => changeOne('adoption', 'UPDATE adoption SET administration_id = $2', 'administration_id IS NOT NULL', user()),
    () => changeOne('adoption', `UPDATE adoption SET status = 'ENDED'`),
    () => changeOne('adoption', 'DELETE FROM adoption'),
    () => insert('catalogue_record', { id: added('record'), address: address(), aliases: random.some(addresses, 3) }),
    () =>
      changeOne(
        'catalogue_record',
        'UPDATE catalogue_record SET aliases = ARRAY[address], address = $2',
        'true',
        address(),
      ),
    () => changeOne('catalogue_record', 'UPDATE catalogue_record SET aliases = $2', 'true', random.some(addresses, 3)),
    () => changeOne('catalogue_record', 'DELETE FROM catalogue_record'),
    () => changeOne('portfolio_entry', 'UPDATE portfolio_entry SET address = $2', 'true', address()),
    () =>
      insert('organisation', {
        id: added('administration'),
        type: 'ADMINISTRATION',
        kind: 'MUNICIPALITY',
        level: 'LOCAL',
      }),
    () => changeOne('organisation', `UPDATE organisation SET names = $2`, `type = 'ADMINISTRATION'`, nameOf(random)),
    () => changeOne('organisation', 'DELETE FROM organisation', `type = 'ADMINISTRATION'`),
  ];
  return {
    writeNext: async () => {
      // Occasionally the feed gets a new id, as after a restore from a backup.
      if (random.chance(0.002)) await client.query('UPDATE feed SET id = gen_random_uuid()');
      await client.query('BEGIN');
      for (let left = 1 + random.below(4); left > 0; left -= 1) await random.pick(changes)();
      await client.query(random.chance(0.1) ? 'ROLLBACK' : 'COMMIT');
    },
    close: () => client.end(),
  };
}

const nameOf = (random: Random): string =>
  JSON.stringify([{ language: 'da', text: random.pick(['Aarhus', 'Mons', 'Roma', 'Viborg']) }]);

async function idsOf(client: pg.Client, statement: string): Promise<readonly [string, ...string[]]> {
  const { rows } = await client.query<{ id: string }>(statement);
  const [first, ...others] = rows.map(({ id }) => id);
  if (first === undefined) throw new Error(`The database has no rows to change: ${statement}`);
  return [first, ...others];
}
