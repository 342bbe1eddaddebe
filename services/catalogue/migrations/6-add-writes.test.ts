import { plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from '../testing/test-catalogue.js';
import { AddWrites1764500000000 } from './6-add-writes.js';
import { RenewAddresses1765300000000 } from './14-renew-addresses.js';
import { RenewSearchTexts1764900000000 } from './10-renew-search-texts.js';
import { migrations } from './migrations.js';

const { folder, remove } = writeTables({
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': ['id,kind,level,name_da,source', 'dk:administration:a,MUNICIPALITY,LOCAL,Aby,s'],
  'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,Kreds,s'],
  'memberships.csv': [
    'id,consortium,member,role,start,source',
    'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,s',
  ],
  'adoptions.csv': [
    'id,administration,address,status,start,version,source',
    'dk:adoption:a,dk:administration:a,github.com/a/b,PILOT,2020-01-01,2.1,s',
  ],
});

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await startTestCatalogue(plainCatalogue, folder);
});
afterAll(async () => {
  await catalogue.close();
  remove();
});

const held = `{ denmark { organisation(id: "dk:administration:a") { name revision memberships { id revision role }
  ... on DanishAdministration { adoptions { nodes { version revision } } } } changes { nodes { subjectId } } } }`;

/** Undoes a migration and all after it. */
async function undoSince(migration: (typeof migrations)[number]): Promise<void> {
  for (const _migration of migrations.slice(migrations.indexOf(migration)))
    await catalogue.database.dataSource.undoLastMigration({ transaction: 'all' });
}

it('migrates a catalogue with data without changing the data', async () => {
  const { query, dataSource } = catalogue.database;
  const before = await catalogue.query(held);
  await undoSince(AddWrites1764500000000);
  expect(await query(`SELECT to_regclass('audit_entry') AS trail`)).toEqual([{ trail: null }]);
  await dataSource.runMigrations({ transaction: 'all' });
  expect(await catalogue.query(held)).toEqual(before);
  expect(before).toMatchObject({
    denmark: {
      organisation: {
        revision: 1,
        memberships: [{ revision: 1 }],
        adoptions: { nodes: [{ version: '2.1', revision: 1 }] },
      },
    },
  });
});

it('computes by what rows are searched and sorted once more, and changes nothing else', async () => {
  const { query, dataSource } = catalogue.database;
  const stored = (): Promise<unknown[]> =>
    query(
      `SELECT id, sort_name, search_text, revision, (SELECT last_number FROM feed) AS changes FROM organisation ORDER BY id`,
    );
  const before = await stored();
  await undoSince(RenewSearchTexts1764900000000);
  await query(`ALTER TABLE organisation DISABLE TRIGGER USER`);
  await query(`UPDATE organisation SET search_text = 'old', sort_name = 'old' WHERE id = 'dk:administration:a'`);
  await query(`ALTER TABLE organisation ENABLE TRIGGER USER`);
  expect(await stored()).not.toEqual(before);
  await dataSource.runMigrations({ transaction: 'all' });
  expect(await stored()).toEqual(before);
  await query(`UPDATE organisation SET lau = '101' WHERE id = 'dk:administration:a'`);
  expect(await stored()).not.toEqual(before);
});

it('writes addresses as the present rules do', async () => {
  const { query, dataSource } = catalogue.database;
  const addresses = (): Promise<unknown[]> => query('SELECT address FROM adoption ORDER BY address');
  await undoSince(RenewAddresses1765300000000);
  await query(`UPDATE adoption SET address = 'gitlab.opencode.de/OC/Portal'`);
  await dataSource.runMigrations({ transaction: 'all' });
  expect(await addresses()).toEqual([{ address: 'gitlab.opencode.de/oc/portal' }]);
});

it('increases the revision with every change of a row, and with nothing else', async () => {
  const { query } = catalogue.database;
  const revision = async (): Promise<unknown> => query('SELECT revision FROM membership');
  await query(`UPDATE membership SET role = role`);
  expect(await revision()).toEqual([{ revision: 1 }]);
  await query(`UPDATE membership SET role = 'BOARD', revision = 1`);
  expect(await revision()).toEqual([{ revision: 2 }]);
});
