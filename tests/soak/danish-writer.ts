import pg from 'pg';

import type { Random } from '../../services/kit/testing/random.js';

/** Somebody who writes into Denmark's database by hand. */
export interface DanishChanges {
  /** One transaction: something comes, changes, moves or goes. Some are given up. */
  readonly next: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How many there are of what is added, so that things come back that went. */
const most = 40;

/** Connects to the database of a Denmark that has its tables. */
export async function openDanishChanges(databaseUrl: string, random: Random): Promise<DanishChanges> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const addresses = await idsOf(client, `SELECT DISTINCT address AS id FROM catalogue_record ORDER BY 1 LIMIT 12`);
  const users = await idsOf(client, `SELECT id FROM organisation WHERE type = 'ADMINISTRATION' ORDER BY 1 LIMIT 12`);
  const address = (): string => random.pick(addresses);
  const user = (): string => random.pick([random.pick(users), added('administration'), 'be:administration:1']);
  const added = (type: string): string => `dk:${type}:soak-${random.below(most)}`;

  /** Adds a row that is like one that is there, unless it is there itself. */
  const put = (table: string, row: object): Promise<unknown> =>
    client.query(
      `INSERT INTO ${table} SELECT made.* FROM (
        SELECT * FROM ${table} ORDER BY id OFFSET $2::int % greatest(1, (SELECT count(*) FROM ${table})) LIMIT 1
      ) model CROSS JOIN LATERAL jsonb_populate_record(
        (SELECT original FROM ${table} original WHERE original.id = model.id), $1::jsonb) made
      ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(row), random.below(1000)],
    );
  /** Does something to one row, whichever. */
  const any = (table: string, does: string, where = 'true', value?: unknown): Promise<unknown> =>
    client.query(
      `${does} WHERE id = (SELECT id FROM ${table} WHERE ${where} ORDER BY id
        OFFSET $1::int % greatest(1, (SELECT count(*) FROM ${table} WHERE ${where})) LIMIT 1)`,
      value === undefined ? [random.below(1000)] : [random.below(1000), value],
    );

  const changes: readonly [() => Promise<unknown>, ...(() => Promise<unknown>)[]] = [
    () => put('adoption', { id: added('adoption'), administration_id: user(), address: address() }),
    () => put('adoption', { id: added('adoption'), administration_id: user(), address: address() }),
    () => any('adoption', 'UPDATE adoption SET address = $2', 'true', address()),
    () => any('adoption', 'UPDATE adoption SET administration_id = $2', 'administration_id IS NOT NULL', user()),
    () => any('adoption', `UPDATE adoption SET status = 'ENDED'`),
    () => any('adoption', 'DELETE FROM adoption'),
    () => put('catalogue_record', { id: added('record'), address: address(), aliases: random.some(addresses, 3) }),
    () =>
      any('catalogue_record', 'UPDATE catalogue_record SET aliases = ARRAY[address], address = $2', 'true', address()),
    () => any('catalogue_record', 'UPDATE catalogue_record SET aliases = $2', 'true', random.some(addresses, 3)),
    () => any('catalogue_record', 'DELETE FROM catalogue_record'),
    () => any('portfolio_entry', 'UPDATE portfolio_entry SET address = $2', 'true', address()),
    () =>
      put('organisation', {
        id: added('administration'),
        type: 'ADMINISTRATION',
        kind: 'MUNICIPALITY',
        level: 'LOCAL',
      }),
    () => any('organisation', `UPDATE organisation SET names = $2`, `type = 'ADMINISTRATION'`, nameOf(random)),
    () => any('organisation', 'DELETE FROM organisation', `type = 'ADMINISTRATION'`),
  ];
  return {
    next: async () => {
      // Once in a while the database is restored from a copy.
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
  if (first === undefined) throw new Error(`There is nothing to change: ${statement}`);
  return [first, ...others];
}
