import pg from 'pg';

import { copyServiceDatabase, copyTestDatabase, type DatabaseUrls } from './database-copies.js';

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
  async ({ url }: DatabaseUrls): Promise<void> => {
    await run(url, `CREATE TABLE kept AS SELECT ${value} AS value`);
    await run(url, `GRANT SELECT ON kept TO filled_${name}_service`);
  };

it('fills once what many want at the same time, and gives each a copy of their own', async () => {
  let fills = 0;
  const fill = async (original: DatabaseUrls): Promise<void> => {
    await fillWith('copied', (fills += 1))(original);
  };
  const [changed, ...others] = await Promise.all([
    copyServiceDatabase('copied', fill),
    copyServiceDatabase('copied', fill),
    copyServiceDatabase('copied', fill),
  ]);
  await run(changed.url, 'UPDATE kept SET value = 9');
  for (const { url } of others) expect(await run(url, 'SELECT * FROM kept')).toEqual([{ value: 1 }]);
  for (const { drop } of [changed, ...others]) await drop();
});

it('copies what the role of the service may do', async () => {
  const copy = await copyServiceDatabase('guarded', fillWith('guarded', 1));
  expect(await run(copy.serviceUrl, 'SELECT * FROM kept')).toEqual([{ value: 1 }]);
  await expect(run(copy.serviceUrl, 'UPDATE kept SET value = 2')).rejects.toThrow('permission denied');
  await copy.drop();
});

it('fills a database again that was not filled completely', async () => {
  const fail = async (original: DatabaseUrls): Promise<void> => {
    await fillWith('failed', 1)(original);
    throw new Error('no more');
  };
  await expect(copyServiceDatabase('failed', fail)).rejects.toThrow('no more');
  const copy = await copyServiceDatabase('failed', fillWith('failed', 2));
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
