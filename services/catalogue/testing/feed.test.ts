import { at, listAt, plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from './test-catalogue.js';

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,source',
    ...['a', 'b'].map((id) => `dk:administration:${id},MUNICIPALITY,LOCAL,da,${id},s`),
  ],
  'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,k,s'],
  'identifiers.csv': ['organisation,scheme,notation', 'dk:administration:a,DK_TEST,A1'],
  'memberships.csv': [
    'id,consortium,member,role,start,source',
    'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,s',
  ],
  'records.csv': ['id,kind,address,name,source', 'dk:record:r,SOFTWARE,https://github.com/Some/Thing.git,Thing,s'],
  'portfolio.csv': ['id,consortium,address,source', 'dk:portfolio:k-r,dk:consortium:k,github.com/some/thing,s'],
  'adoptions.csv': [
    'id,administration,address,status,start,source',
    'dk:adoption:r-a,dk:administration:a,github.com/some/thing,PILOT,2020-01-01,s',
  ],
  'claims.csv': ['id,consortium,address,statement,count,source', 'dk:claim:r,,github.com/some/thing,Nine use it,9,s'],
};

const changes = `query ($after: String, $first: Int) { denmark { changes(after: $after, first: $first) {
  feedId nodes { kind subject subjectId } pageInfo { endCursor hasNextPage } } } }`;

describe('the change feed', () => {
  let catalogue: TestCatalogue;
  const { folder, remove } = writeTables(tables);
  beforeEach(async () => {
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterEach(() => catalogue.close());
  afterAll(remove);

  const read = async (after: unknown = null, first = 1000) => {
    const page = at(await catalogue.query(changes, { after, first }), 'denmark', 'changes');
    return {
      entries: listAt(page, 'nodes').map((node) => `${String(at(node, 'kind'))} ${String(at(node, 'subjectId'))}`),
      end: at(page, 'pageInfo', 'endCursor'),
      more: at(page, 'pageInfo', 'hasNextPage'),
      feedId: at(page, 'feedId'),
    };
  };
  const write = (statement: string): Promise<unknown> => catalogue.database.query(statement);

  it('gives each entry an id of its country and its feed, and a later entry of the same subject another one', async () => {
    const readIds = async () => {
      const page = at(
        await catalogue.query(
          '{ denmark { changes(first: 200) { feedId nodes { id subjectId } pageInfo { endCursor } } } }',
        ),
        'denmark',
        'changes',
      );
      return {
        feedId: at(page, 'feedId'),
        ids: new Map(listAt(page, 'nodes').map((n) => [at(n, 'subjectId'), at(n, 'id')])),
      };
    };
    const before = await readIds();
    await write(`UPDATE organisation SET nuts = 'DK01' WHERE id = 'dk:administration:a'`);
    const { ids } = await readIds();
    const all = [...before.ids.values(), ids.get('dk:administration:a')];
    expect(new Set(all).size).toBe(before.ids.size + 1);
    for (const id of all) expect(id).toMatch(new RegExp(`^dk:change:${String(before.feedId)}-\\d+$`));
  });

  it('numbers what a transaction changed, whether or not it went back to a savepoint or numbered a part before', async () => {
    const { end } = await read();
    const touch = (id: string): string => `UPDATE organisation SET nuts = 'DK02' WHERE id = 'dk:administration:${id}'`;
    await catalogue.database.dataSource.transaction(async (manager) => {
      await manager.query('SAVEPOINT before_a');
      await manager.query(touch('a'));
      await manager.query('ROLLBACK TO SAVEPOINT before_a');
      await manager.query(touch('b'));
      await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
      await manager.query('SET CONSTRAINTS ALL DEFERRED');
      await manager.query(`UPDATE adoption SET status = 'DECLARED'`);
      await manager.query(`UPDATE claim SET count = 8`);
    });
    const { entries } = await read(end);
    expect(entries).toEqual(['UPSERT dk:administration:b', 'UPSERT dk:adoption:r-a', 'UPSERT dk:claim:r']);
    const unnumbered = await catalogue.database.query('SELECT FROM change WHERE number IS NULL');
    expect(unnumbered).toEqual([]);
  });

  it('begins with every existing subject, once', async () => {
    const { entries } = await read();
    expect([...entries].sort()).toEqual([
      'UPSERT dk:administration:a',
      'UPSERT dk:administration:b',
      'UPSERT dk:adoption:r-a',
      'UPSERT dk:claim:r',
      'UPSERT dk:consortium:k',
      'UPSERT dk:membership:k-a',
      'UPSERT dk:portfolio:k-r',
      'UPSERT dk:record:r',
    ]);
  });

  it('resolves the subject of each entry as it is now', async () => {
    expect(
      listAt(
        await catalogue.query(`{ denmark { changes { nodes { subject
          administration { name } consortium { name } membership { memberId } claim { statement solutionAddress }
          record { name solutionAddress solution { address } } portfolioEntry { consortiumId } adoption { status administration { name } } } } } }`),
        ...['denmark', 'changes', 'nodes'],
      ).map((node) => Object.entries(node as object).filter(([, value]) => value !== null)),
    ).toEqual(
      expect.arrayContaining([
        [
          ['subject', 'RECORD'],
          [
            'record',
            { name: 'Thing', solutionAddress: 'github.com/some/thing', solution: { address: 'github.com/some/thing' } },
          ],
        ],
        [
          ['subject', 'ADOPTION'],
          ['adoption', { status: 'PILOT', administration: { name: 'a' } }],
        ],
        [
          ['subject', 'CLAIM'],
          ['claim', { statement: 'Nine use it', solutionAddress: 'github.com/some/thing' }],
        ],
        [
          ['subject', 'CONSORTIUM'],
          ['consortium', { name: 'k' }],
        ],
      ]),
    );
  });

  it('contains every change since a cursor, whatever wrote it', async () => {
    const { end } = await read();
    await write(`UPDATE membership SET end_reason = 'left' WHERE id = 'dk:membership:k-a'`);
    await write(`INSERT INTO population VALUES ('dk:administration:b', '2020-01-01', 7, '{}')`);
    await write(`INSERT INTO succession VALUES ('dk:administration:a', 'dk:administration:b')`);
    expect((await read(end)).entries).toEqual([
      'UPSERT dk:membership:k-a',
      'UPSERT dk:administration:a',
      'UPSERT dk:administration:b',
    ]);
  });

  it('contains only the rows that an import changed', async () => {
    const { end } = await read();
    const corrected = writeTables({
      ...tables,
      'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,Kay,s'],
    });
    await catalogue.importFrom(corrected.folder);
    corrected.remove();
    expect((await read(end)).entries).toEqual(['UPSERT dk:consortium:k']);
  });

  it('contains a record whose aliases changed', async () => {
    const { end } = await read();
    const moved = writeTables({
      ...tables,
      'records.csv': [
        'id,kind,address,aliases,name,source',
        'dk:record:r,SOFTWARE,https://github.com/Some/Thing.git,gitlab.com/some/thing,Thing,s',
      ],
    });
    await catalogue.importFrom(moved.folder);
    moved.remove();
    expect((await read(end)).entries).toEqual(['UPSERT dk:record:r']);
  });

  it('contains deletions, but not of rows that were deleted with their organisation', async () => {
    const { end } = await read();
    await write(`DELETE FROM organisation WHERE id = 'dk:administration:a'`);
    await write(`DELETE FROM catalogue_record`);
    expect((await read(end)).entries).toEqual(['DELETE dk:administration:a', 'DELETE dk:record:r']);
  });

  it('gives a reader from the start only what exists: erased data stays erased', async () => {
    await write(`UPDATE catalogue_record SET publisher_name = 'Somebody'`);
    await write(`DELETE FROM adoption`);
    const { entries } = await read();
    expect(entries.filter((entry) => entry.includes('record'))).toHaveLength(1);
    expect(entries).toContain('DELETE dk:adoption:r-a');
    expect(entries).not.toContain('UPSERT dk:adoption:r-a');
  });

  it('is read in pages without gap or repeat', async () => {
    const whole = (await read()).entries;
    const walked: string[] = [];
    for (let after: unknown = null, more: unknown = true; more === true;) {
      const page = await read(after, 3);
      walked.push(...page.entries);
      [after, more] = [page.end, page.more];
    }
    expect(walked).toEqual(whole);
  });

  it('rejects invalid cursors, cursors of another list, and cursors of a feed that no longer exists', async () => {
    const { end } = await read();
    await write(`UPDATE feed SET id = gen_random_uuid()`);
    const codeOf = async (after: unknown): Promise<unknown> =>
      (await catalogue.execute(changes, { after })).errors?.map(({ extensions }) => extensions['code']);
    expect(await codeOf(end)).toEqual(['FEED_CHANGED']);
    expect(await codeOf('nonsense')).toEqual(['INVALID_CURSOR']);
    const list = await catalogue.query('{ denmark { administrations { pageInfo { endCursor } } } }');
    expect(await codeOf(at(list, 'denmark', 'administrations', 'pageInfo', 'endCursor'))).toEqual(['INVALID_CURSOR']);
  });

  it.each([-1, 1001])('rejects first: %i', async (first) => {
    const { errors } = await catalogue.execute(changes, { first });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ARGUMENT']);
  });

  it('gives a following reader every change while eight transactions write, long and short', async () => {
    const writers = 8;
    const each = 12;
    const { dataSource } = catalogue.database;
    const state = { writing: true };
    const ids = (writer: number, turn: number): string[] =>
      Array.from({ length: 1 + ((writer + turn) % 3) }, (_, index) => `dk:record:w${writer}-${turn}-${index}`);
    const all = Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let turn = 0; turn < each; turn += 1) {
          await dataSource.transaction(async (manager) => {
            for (const id of ids(writer, turn)) {
              await manager.query(
                `INSERT INTO catalogue_record VALUES ($1, 'a.example/b', 'SOFTWARE', NULL, NULL, '{}', NULL, '[]', '{}', '', '')`,
                [id],
              );
            }
            // Those that began first commit last: where a sequence would lose entries.
            if ((writer + turn) % 4 === 0) await manager.query('SELECT pg_sleep(0.05)');
          });
        }
      }),
    ).finally(() => {
      state.writing = false;
    });
    const seen = new Set<string>();
    for (let after: unknown = null, last = false; ;) {
      last = !state.writing;
      const page = await read(after, 5);
      for (const entry of page.entries) seen.add(entry);
      after = page.end ?? after;
      if (last && page.entries.length === 0) break;
    }
    await all;
    const written = Array.from({ length: writers }, (_, writer) =>
      Array.from({ length: each }, (_turn, turn) => ids(writer, turn)).flat(),
    ).flat();
    expect(written.filter((id) => !seen.has(`UPSERT ${id}`))).toEqual([]);
  });
});
