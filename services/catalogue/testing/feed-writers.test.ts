import { setTimeout as wait } from 'node:timers/promises';

import type { QueryRunner } from 'typeorm';

import { at, listAt, plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from './test-catalogue.js';

const changes = `query ($after: String, $first: Int) { denmark { changes(after: $after, first: $first) {
  nodes { kind subjectId } pageInfo { endCursor } } } }`;

/** Two catalogues as npm start has them: two databases of one PostgreSQL, whose snapshots and transaction ids are common to both. */
let catalogues: readonly [TestCatalogue, TestCatalogue];
const { folder, remove } = writeTables({ 'sources.csv': ['id,url', 's,https://example.org/'] });
beforeEach(async () => {
  catalogues = [await startTestCatalogue(plainCatalogue, folder), await startTestCatalogue(plainCatalogue, folder)];
});
afterEach(() => Promise.all(catalogues.map(({ close }) => close())));
afterAll(remove);

/** Reads a feed as a client does that keeps only the cursor. */
function createReader(catalogue: TestCatalogue) {
  let after: unknown = null;
  return async (first = 5): Promise<string[]> => {
    const page = at(await catalogue.query(changes, { after, first }), 'denmark', 'changes');
    after = at(page, 'pageInfo', 'endCursor') ?? after;
    return listAt(page, 'nodes').map((node) => `${String(at(node, 'kind'))} ${String(at(node, 'subjectId'))}`);
  };
}

const insert = `INSERT INTO catalogue_record VALUES ($1, 'a.example/b', 'SOFTWARE', NULL, NULL, '{}', NULL, '[]', '{}', '', '')`;
const write = ({ database }: TestCatalogue, ...ids: readonly string[]): Promise<void> =>
  database.dataSource.transaction(async (manager) => {
    for (const id of ids) await manager.query(insert, [id]);
  });

/** A transaction that has written and is not over. */
async function begin({ database }: TestCatalogue, id: string): Promise<QueryRunner> {
  const runner = database.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query(insert, [id]);
  return runner;
}
const commit = async (runner: QueryRunner): Promise<void> => {
  await runner.commitTransaction();
  await runner.release();
};

it('a long transaction hides only its own writes, and nothing of the other database', async () => {
  const [one, other] = catalogues;
  const [readOne, readOther] = [createReader(one), createReader(other)];
  const long = await begin(one, 'dk:record:long');
  await write(other, 'dk:record:a');
  expect(await readOther()).toEqual(['UPSERT dk:record:a']);
  await write(one, 'dk:record:b');
  expect(await readOne()).toEqual(['UPSERT dk:record:b']);
  await commit(long);
  // It began before both, and comes after what was read meanwhile.
  expect([await readOne(), await readOther()]).toEqual([['UPSERT dk:record:long'], []]);
});

it('a long transaction that is rolled back leaves no entry, and no gap that a reader waits for', async () => {
  const [one, other] = catalogues;
  const [readOne, readOther] = [createReader(one), createReader(other)];
  const long = await begin(one, 'dk:record:long');
  await write(one, 'dk:record:a');
  await write(other, 'dk:record:b');
  await long.rollbackTransaction();
  await long.release();
  await write(one, 'dk:record:c');
  expect([await readOne(), await readOther()]).toEqual([
    ['UPSERT dk:record:a', 'UPSERT dk:record:c'],
    ['UPSERT dk:record:b'],
  ]);
});

it('an entry that two transactions write appears again when the second commits', async () => {
  const [one] = catalogues;
  const read = createReader(one);
  await write(one, 'dk:record:a');
  const touch = `UPDATE catalogue_record SET publisher_name = $1`;
  const first = one.database.dataSource.createQueryRunner();
  await first.startTransaction();
  await first.query(touch, ['first']);
  // It waits for the row, and is done when the first is.
  const second = one.database.query(touch, ['second']);
  expect(await read()).toEqual(['UPSERT dk:record:a']);
  await commit(first);
  await second;
  expect(await read()).toEqual(['UPSERT dk:record:a']);
  expect(await one.database.query('SELECT publisher_name AS name FROM catalogue_record')).toEqual([{ name: 'second' }]);
});

it('readers of either feed miss nothing while four transactions write to each database, long and short, some rolled back', async () => {
  const writers = 4;
  const each = 12;
  const ids = (writer: number, turn: number): string[] =>
    Array.from({ length: 1 + ((writer + turn) % 3) }, (_, index) => `dk:record:w${writer}-${turn}-${index}`);
  const isGivenUp = (writer: number, turn: number): boolean => (writer * 5 + turn) % 7 === 0;

  const writeAll = async (catalogue: TestCatalogue, writer: number): Promise<void> => {
    for (let turn = 0; turn < each; turn += 1) {
      const [first = '', ...others] = ids(writer, turn);
      const runner = await begin(catalogue, first);
      // Those that began first commit last.
      if ((writer + turn) % 4 === 0) await wait(40);
      for (const id of others) await runner.query(insert, [id]);
      if (isGivenUp(writer, turn)) await runner.rollbackTransaction();
      else await runner.commitTransaction();
      await runner.release();
    }
  };
  const follow = async (catalogue: TestCatalogue, writing: Promise<unknown>): Promise<string[]> => {
    const read = createReader(catalogue);
    const state = { isOver: false };
    void writing
      .catch(() => undefined)
      .then(() => {
        state.isOver = true;
      });
    const seen: string[] = [];
    for (;;) {
      const wasOver = state.isOver;
      const entries = await read();
      seen.push(...entries);
      if (wasOver && entries.length === 0) return seen;
    }
  };

  const writing = catalogues.map((catalogue) =>
    Promise.all(Array.from({ length: writers }, (_, writer) => writeAll(catalogue, writer))),
  );
  const seen = await Promise.all(
    catalogues.map((catalogue, index) => follow(catalogue, writing[index] as Promise<unknown>)),
  );
  await Promise.all(writing);
  const kept = Array.from({ length: writers }, (_, writer) =>
    Array.from({ length: each }, (_turn, turn) => (isGivenUp(writer, turn) ? [] : ids(writer, turn))).flat(),
  ).flat();
  const expected = kept.map((id) => `UPSERT ${id}`).sort();
  // Each once: nothing is missed, nothing comes twice.
  for (const entries of seen) expect([...entries].sort()).toEqual(expected);
});
