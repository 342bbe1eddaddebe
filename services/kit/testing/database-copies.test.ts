import pg from 'pg';

import { type DatabaseUrls, copyServiceDatabases, copyTestDatabase } from './database-copies.js';
import type { ServiceDatabase } from './databases.js';

async function run(url: string | undefined, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Fills the database of that name with a table of one row, which its service may read. */
const fillWith =
  (name: string, value: number) =>
  async (originals: DatabaseUrls): Promise<void> => {
    await run(originals.get(name)?.url, `CREATE TABLE kept AS SELECT ${value} AS value`);
    await run(originals.get(name)?.url, `GRANT SELECT ON kept TO filled_${name}_service`);
  };

async function copyOf(name: string, fill: (originals: DatabaseUrls) => Promise<void>): Promise<ServiceDatabase> {
  const copy = (await copyServiceDatabases([name], fill)).get(name);
  if (!copy) throw new Error(`There is no copy of ${name}`);
  return copy;
}

it('fills once what many want at the same time, and gives each a copy of their own', async () => {
  let fills = 0;
  const fill = async (originals: DatabaseUrls): Promise<void> => {
    await fillWith('copied', (fills += 1))(originals);
  };
  const [changed, ...others] = await Promise.all([
    copyOf('copied', fill),
    copyOf('copied', fill),
    copyOf('copied', fill),
  ]);
  await run(changed.url, 'UPDATE kept SET value = 9');
  for (const { url } of others) expect(await run(url, 'SELECT * FROM kept')).toEqual([{ value: 1 }]);
  for (const { drop } of [changed, ...others]) await drop();
});

it('copies what the role of the service may do', async () => {
  const copy = await copyOf('guarded', fillWith('guarded', 1));
  expect(await run(copy.serviceUrl, 'SELECT * FROM kept')).toEqual([{ value: 1 }]);
  await expect(run(copy.serviceUrl, 'UPDATE kept SET value = 2')).rejects.toThrow('permission denied');
  await copy.drop();
});

it('fills a database again that was not filled completely', async () => {
  const fail = async (originals: DatabaseUrls): Promise<void> => {
    await fillWith('failed', 1)(originals);
    throw new Error('no more');
  };
  await expect(copyOf('failed', fail)).rejects.toThrow('no more');
  const copy = await copyOf('failed', fillWith('failed', 2));
  expect(await run(copy.url, 'SELECT * FROM kept')).toEqual([{ value: 2 }]);
  await copy.drop();
});

it('creates a schema once, and gives each caller a copy of it', async () => {
  let created = 0;
  const create = async (url: string): Promise<void> => {
    await run(url, `CREATE TABLE kept AS SELECT ${(created += 1)} AS value`);
  };
  const [changed, other] = await Promise.all([copyTestDatabase('copied', create), copyTestDatabase('copied', create)]);
  await run(changed.url, 'UPDATE kept SET value = 9');
  expect(await run(other.url, 'SELECT * FROM kept')).toEqual([{ value: 1 }]);
  for (const { drop } of [changed, other]) await drop();
});
