import { at } from '../../../testing/test-catalogue.js';
import {
  administrator,
  catalogueEditor,
  codesOf,
  declared,
  startWrittenCatalogue,
  type TestPayload,
  type WrittenCatalogue,
} from '../../../testing/mutation-fixtures.js';

let catalogue: WrittenCatalogue;
beforeAll(async () => {
  catalogue = await startWrittenCatalogue();
});
afterAll(() => catalogue.close());

const d = {
  id: 'dk:administration:d',
  kind: 'MUNICIPALITY',
  level: 'LOCAL',
  officialLanguages: ['da'],
  names: [{ language: 'DA', text: ' Dby ' }],
  nuts: 'DK012',
};
const body = `id name revision names { language text } alternativeNames { language text }
  existed { start startPrecision end endPrecision ended } identifiers { scheme notation } provenance { method assertedBy }`;
/** A mutation comes to nothing, and says why. */
async function refuses(write: () => Promise<TestPayload>, code: string): Promise<void> {
  const before = [await catalogue.audited(), await catalogue.feed()];
  expect(codesOf(await write())).toEqual([code]);
  expect([await catalogue.audited(), await catalogue.feed()]).toEqual(before);
}
const one = `administration { ${body} ... on DanishAdministration { kind level nuts predecessors { id } successors { id } } }`;
const entry = 'auditEntry { mutation subject subjectId before after }';

describe('registering an administration', () => {
  const register = (given: Readonly<Record<string, unknown>> = {}, more: object = {}): Promise<TestPayload> =>
    catalogue.write(
      'registerAdministration',
      { administration: { ...d, ...given }, provenance: declared, ...more },
      `${one} ${entry}`,
    );

  it('makes it known to everybody, with its codes', async () => {
    const payload = await register(
      {
        alternativeNames: [{ language: 'da', text: 'Dby Kommune' }],
        identifiers: [{ scheme: 'DK_TEST', notation: 'd 4', during: { start: '2020-01-01' } }],
        national: [{ column: 'colour', value: 'red' }],
      },
      { existed: { start: '2007-01-01' } },
    );
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: d.id,
        revision: 1,
        name: 'Dby',
        names: [{ language: 'da', text: 'Dby' }],
        kind: 'MUNICIPALITY',
        nuts: 'DK012',
        existed: { start: '2007-01-01', startPrecision: 'DAY' },
        identifiers: [{ scheme: 'DK_TEST', notation: 'D4' }],
        provenance: { method: 'DECLARED', assertedBy: 'Kreds' },
      },
      auditEntry: {
        subject: 'ADMINISTRATION',
        before: null,
        after: { national: { colour: 'red' }, identifiers: [{ notation: 'D4' }] },
      },
    });
    expect(at(payload, 'auditEntry', 'after')).not.toHaveProperty('searchText');
    expect((await catalogue.feed()).at(-1)).toBe(`UPSERT ${d.id}`);
    const found = `{ denmark { administration(identifier: { scheme: "DK_TEST", notation: "D4" }) { id }
      administrations(search: "dby kommune") { nodes { id } } } }`;
    expect(await catalogue.ask(found)).toEqual({
      denmark: { administration: { id: d.id }, administrations: { nodes: [{ id: d.id }] } },
    });
  });

  it.each([
    ['an id of another country', { id: 'be:administration:d' }, 'INVALID_VALUE administration id'],
    ['an id of a consortium', { id: 'dk:consortium:d' }, 'INVALID_VALUE administration id'],
    ['an id that is taken', { id: 'dk:administration:a' }, 'ALREADY_EXISTS administration id'],
    ['no name', { names: [] }, 'INVALID_VALUE administration names'],
    ['an empty name', { names: [{ language: 'da', text: ' ' }] }, 'INVALID_VALUE administration names 0 text'],
    ['an endless name', { names: [{ language: 'da', text: 'x'.repeat(301) }] }, 'INVALID_VALUE administration names'],
    ['no language', { names: [{ language: '?', text: 'x' }] }, 'INVALID_VALUE administration names 0 language'],
    ['no official language', { officialLanguages: ['da', 'x y'] }, 'INVALID_VALUE administration officialLanguages 1'],
    ['no region', { nuts: 'Fyn' }, 'INVALID_VALUE administration nuts'],
    [
      'an unknown column',
      { national: [{ column: 'size', value: '1' }] },
      'INVALID_VALUE administration national 0 column',
    ],
    [
      'an unknown register',
      { identifiers: [{ scheme: 'X', notation: 'D4' }] },
      'INVALID_VALUE administration identifiers 0 scheme',
    ],
    [
      'no code',
      { identifiers: [{ scheme: 'DK_TEST', notation: 'D44' }] },
      'INVALID_VALUE administration identifiers 0 notation',
    ],
    [
      'a code twice',
      { identifiers: [1, 2].map(() => ({ scheme: 'DK_TEST', notation: 'D4' })) },
      'INVALID_VALUE administration identifiers 1',
    ],
    [
      'the code of another',
      { identifiers: [{ scheme: 'DK_TEST', notation: 'A1' }] },
      'ALREADY_EXISTS administration identifiers 0 notation',
    ],
  ])('refuses %s, and writes nothing', (_what, given, code) =>
    refuses(() => register({ id: 'dk:administration:new', ...given }), code),
  );

  it('gives a code that somebody held before, and gives it once', async () => {
    await catalogue.database.query(
      `INSERT INTO identifier VALUES ('dk:administration:c', 'DK_TEST', 'C1', NULL, NULL, '2020-01-01', 'DAY', true)`,
    );
    const identifiers = [{ scheme: 'DK_TEST', notation: 'C1' }];
    const ids = ['1', '2', '3', '4'].map((local) => `dk:administration:${local}`);
    const existed = { start: '2020-01-01' };
    const payloads = await Promise.all(ids.map((id) => register({ id, identifiers }, { existed })));
    expect(payloads.flatMap(codesOf)).toEqual(
      ids.slice(1).map(() => 'ALREADY_EXISTS administration identifiers 0 notation'),
    );
  });

  it('registers once what two register at once', async () => {
    const payloads = await Promise.all([1, 2, 3].map(() => register({ id: 'dk:administration:once' })));
    expect(payloads.flatMap(codesOf)).toEqual(Array.from({ length: 2 }, () => 'ALREADY_EXISTS administration id'));
  });
});

describe('renaming an administration', () => {
  const rename = (given: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
    catalogue.write(
      'renameAdministration',
      { administrationId: 'dk:administration:e', expectedRevision: 1, provenance: declared, ...given },
      `${one} ${entry}`,
    );
  const nyby = [{ language: 'da', text: 'Nyby' }];

  it('keeps the former name among the others, by which it is found', async () => {
    expect(await rename({ names: nyby })).toMatchObject({
      failures: [],
      administration: {
        name: 'Nyby',
        revision: 2,
        alternativeNames: [{ language: 'da', text: 'Eby' }],
      },
      auditEntry: { before: { names: [{ text: 'Eby' }] }, after: { names: [{ text: 'Nyby' }] } },
    });
    const found = `{ denmark { administrations(search: "eby") { nodes { id name } } } }`;
    expect(at(await catalogue.ask(found), 'denmark', 'administrations', 'nodes', 0)).toEqual({
      id: 'dk:administration:e',
      name: 'Nyby',
    });
    expect((await catalogue.feed()).at(-1)).toBe('UPSERT dk:administration:e');
    // Back again, and no name stands in both places.
    expect(await rename({ names: [{ language: 'da', text: 'Eby' }], expectedRevision: 2 })).toMatchObject({
      administration: { name: 'Eby', alternativeNames: nyby },
    });
  });

  it('keeps no name that was a mistake', async () => {
    expect(await rename({ names: nyby, administrationId: 'dk:administration:f', isCorrection: true })).toMatchObject({
      failures: [],
      administration: { name: 'Nyby', alternativeNames: [] },
    });
  });

  it.each([
    ['no name', { names: [], administrationId: 'dk:administration:b' }, 'INVALID_VALUE names'],
    ['a consortium', { names: nyby, administrationId: 'dk:consortium:k' }, 'NOT_FOUND administrationId'],
    ['an unknown body', { names: nyby, administrationId: 'dk:administration:z' }, 'NOT_FOUND administrationId'],
    [
      'an outdated revision',
      { names: nyby, administrationId: 'dk:administration:b', expectedRevision: 2 },
      'REVISION_CONFLICT expectedRevision',
    ],
    [
      'no source',
      { names: nyby, administrationId: 'dk:administration:b', provenance: {} },
      'INVALID_VALUE provenance source',
    ],
  ])('refuses %s', (_what, given, code) => refuses(() => rename(given), code));
});

describe('merging administrations', () => {
  const merge = (given: Readonly<Record<string, unknown>>): Promise<TestPayload> =>
    catalogue.write(
      'mergeAdministrations',
      { on: '2025-01-01', provenance: declared, merged: read('a', 'b'), ...given },
      `${one} auditEntries { subjectId before after }`,
      administrator,
    );
  const read = (...ids: string[]) => ids.map((id) => ({ id: `dk:administration:${id}`, expectedRevision: 1 }));
  const ended = { end: '2025-01-01', endPrecision: 'DAY', ended: true };

  it('ends them, and begins the one that takes their place, with a code of theirs', async () => {
    await catalogue.database.query(`INSERT INTO identifier VALUES ('dk:administration:g', 'DK_TEST', 'G1')`);
    const successor = { ...d, id: 'dk:administration:gh', identifiers: [{ scheme: 'DK_TEST', notation: 'G1' }] };
    const payload = await merge({ merged: read('g', 'h'), successor });
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: successor.id,
        existed: { start: '2025-01-01', startPrecision: 'DAY', end: null },
        predecessors: [{ id: 'dk:administration:g' }, { id: 'dk:administration:h' }],
      },
      auditEntries: [
        {
          subjectId: 'dk:administration:g',
          before: { endDate: null },
          after: { endDate: '2025-01-01', successors: [successor.id] },
        },
        { subjectId: 'dk:administration:h' },
        {
          subjectId: successor.id,
          before: null,
          after: { predecessors: ['dk:administration:g', 'dk:administration:h'] },
        },
      ],
    });
    expect((await catalogue.feed()).slice(-3).sort()).toEqual(
      ['g', 'gh', 'h'].map((id) => `UPSERT dk:administration:${id}`),
    );
    const answer =
      await catalogue.ask(`{ denmark { organisation(id: "dk:administration:g") { existed { end endPrecision ended }
      ... on DanishAdministration { successors { id } } } } }`);
    expect(at(answer, 'denmark', 'organisation')).toEqual({ existed: ended, successors: [{ id: successor.id }] });
  });

  it('lets one absorb others, and stays what it was', async () => {
    const before = await catalogue.audited();
    const payload = await merge({ merged: read('i', 'j'), absorbedBy: read('k')[0] });
    expect(payload).toMatchObject({
      failures: [],
      administration: {
        id: 'dk:administration:k',
        revision: 1,
        existed: { end: null },
        predecessors: [{ id: 'dk:administration:i' }, { id: 'dk:administration:j' }],
      },
    });
    expect(await catalogue.audited()).toBe(before + 3);
    expect((await catalogue.feed()).slice(-3).sort()).toEqual(
      ['i', 'j', 'k'].map((id) => `UPSERT dk:administration:${id}`),
    );
  });

  it('takes as many statements for two as for fifty', async () => {
    await catalogue.database.query(
      `INSERT INTO organisation SELECT (jsonb_populate_record(o, jsonb_build_object('id', o.id || n))).*
      FROM organisation o, generate_series(1, 50) n WHERE o.id = 'dk:administration:c'`,
    );
    const few = read('l', 'm');
    const many = Array.from({ length: 50 }, (_, index) => read(`c${index + 1}`)).flat();
    const taken: number[] = [];
    for (const [index, merged] of [few, many].entries()) {
      catalogue.statements();
      expect(codesOf(await merge({ merged, successor: { ...d, id: `${d.id}${index}` } }))).toEqual([]);
      taken.push(catalogue.statements().length);
    }
    expect(taken[0]).toBe(taken[1]);
  });

  it.each([
    ['neither a successor nor who absorbs', {}, 'INVALID_VALUE successor'],
    ['both', { successor: d, absorbedBy: read('c')[0] }, 'INVALID_VALUE successor'],
    ['one alone', { merged: read('a'), successor: d }, 'INVALID_VALUE merged'],
    ['one twice', { merged: read('a', 'a'), successor: d }, 'INVALID_VALUE merged'],
    ['one that absorbs itself', { merged: read('a', 'b'), absorbedBy: read('b')[0] }, 'INVALID_VALUE merged'],
    ['an unknown one', { merged: read('a', 'z'), successor: d }, 'NOT_FOUND merged 1 id'],
    ['one that has ended', { merged: read('a', 'x'), successor: d }, 'ENDED merged 1 id'],
    [
      'one that has ended for the one that absorbs',
      { merged: read('a'), absorbedBy: read('x')[0] },
      'ENDED absorbedBy id',
    ],
    [
      'a successor whose id is taken',
      { successor: { ...d, id: 'dk:administration:c' } },
      'ALREADY_EXISTS successor id',
    ],
    ['a successor without a name', { successor: { ...d, names: [] } }, 'INVALID_VALUE successor names'],
    [
      'an outdated revision',
      {
        merged: [
          { id: 'dk:administration:a', expectedRevision: 1 },
          { id: 'dk:administration:b', expectedRevision: 2 },
        ],
        successor: d,
      },
      'REVISION_CONFLICT merged 1 expectedRevision',
    ],
  ])('refuses %s, and writes nothing', (_what, given, code) => refuses(() => merge(given), code));

  it('merges one into one place only, whoever does it at once', async () => {
    const payloads = await Promise.all([
      merge({ merged: read('n', 'o'), successor: { ...d, id: `${d.id}x` } }),
      merge({ merged: read('o', 'p'), successor: { ...d, id: `${d.id}y` } }),
    ]);
    expect(payloads.flatMap(codesOf)).toEqual([
      expect.stringMatching(/^REVISION_CONFLICT merged [01] expectedRevision$/),
    ]);
  });
});

describe('closing an administration', () => {
  const close = (given: Readonly<Record<string, unknown>> = {}, editor = administrator): Promise<TestPayload> =>
    catalogue.write(
      'closeAdministration',
      {
        administrationId: 'dk:administration:a',
        expectedRevision: 1,
        end: '2025-07-01',
        provenance: declared,
        ...given,
      },
      `${one} ${entry}`,
      editor,
    );

  it('ends it, and what it belongs to counts until then', async () => {
    expect(await close({ endPrecision: 'MONTH' })).toMatchObject({
      failures: [],
      administration: { revision: 2, existed: { end: '2025-07-01', endPrecision: 'MONTH', ended: true } },
      auditEntry: { mutation: 'closeAdministration', before: { endDate: null }, after: { endDate: '2025-07-01' } },
    });
    const members = (asOf: string): string =>
      `{ denmark { organisation(id: "dk:consortium:k") { ... on DanishConsortium { members(asOf: "${asOf}") { totalCount } } } } }`;
    const count = async (day: string) =>
      at(await catalogue.ask(members(day)), 'denmark', 'organisation', 'members', 'totalCount');
    expect([await count('2025-06-30'), await count('2025-07-01')]).toEqual([1, 0]);
    const admission = {
      consortiumId: 'dk:consortium:l',
      memberId: 'dk:administration:a',
      role: 'MEMBER',
      provenance: declared,
    };
    const late = await catalogue.write('admitMember', { ...admission, during: { start: '2025-07-01' } });
    expect(codesOf(late)).toEqual(['ENDED memberId']);
    expect(codesOf(await close({ expectedRevision: 2 }))).toEqual(['ENDED administrationId']);
  });

  it('is for administrators', async () => {
    await expect(close({}, catalogueEditor)).rejects.toThrow('You may not do this here.');
    expect(codesOf(await close({ administrationId: 'dk:consortium:k' }))).toEqual(['NOT_FOUND administrationId']);
  });
});
