import { failureCodes, tables, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { at, listAt } from '../../../testing/test-catalogue.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({
  ...tables,
  'code_lists.csv': ['scheme,title_da,source', 'DK_TASKS,Opgaver,s'],
  'codes.csv': [
    'scheme,notation,label_da,broader,source',
    'DK_TASKS,00,Styrelse,,s',
    'DK_TASKS,00.22,Møder,00,s',
    'DK_TASKS,21,Biblioteker,,s',
  ],
  'mappings.csv': ['scheme,notation,relation,topic,source', 'DK_TASKS,00.22,EXACT,meeting-management,s'],
});

const provenance = { source: 'https://example.org/list' };
const labels = [{ language: 'da', text: 'Børn' }];
const audit = 'auditEntries { subject subjectId before after }';

describe('publishCodeList and correctCodeList', () => {
  const list = { titles: [{ language: 'en', text: 'Domains' }], version: '1', provenance };

  it('add a code list, and change what its tables state', async () => {
    const fields = `codeList { id title version revision } auditEntry { subject subjectId }`;
    const published = await catalogue.mutate('publishCodeList', { ...list, scheme: 'DK_DOMAINS' }, fields);
    expect(published).toMatchObject({
      failures: [],
      codeList: { id: 'dk:code-list:dk-domains', title: 'Domains', version: '1', revision: 1 },
      auditEntry: { subject: 'CODE_LIST', subjectId: 'dk:code-list:dk-domains' },
    });
    expect(await catalogue.feed()).toContain('UPSERT dk:code-list:dk-domains');
    const corrected = await catalogue.mutate(
      'correctCodeList',
      { ...list, codeListId: 'dk:code-list:dk-domains', expectedRevision: 1, version: '2' },
      fields,
    );
    expect(corrected).toMatchObject({ failures: [], codeList: { version: '2', revision: 2 } });
  });

  it.each([
    ['a name that is not one of a list', { scheme: 'dk tasks' }, 'INVALID_VALUE scheme'],
    ['a list that exists', { scheme: 'DK_TASKS' }, 'ALREADY_EXISTS scheme'],
    ['no title', { scheme: 'DK_OTHER', titles: [] }, 'INVALID_VALUE titles'],
  ])('reject %s and write nothing', async (_what, input, code) => {
    await expectRejection(catalogue, () => catalogue.mutate('publishCodeList', { ...list, ...input }), code);
  });
});

describe('publishCodes', () => {
  const publish = (codes: readonly object[], overrides: object = {}): Promise<TestPayload> =>
    catalogue.mutate(
      'publishCodes',
      { scheme: 'DK_TASKS', codes, provenance, ...overrides },
      `codes { id broader { notation } } ${audit}`,
    );

  it('adds codes of one list, each with an audit entry, and finds them', async () => {
    const payload = await publish([
      { notation: '28', labels },
      { notation: '28.06', labels: [{ language: 'da', text: 'Dagtilbud' }], broaderNotation: '28' },
      { notation: '00.30', labels, broaderNotation: '00' },
    ]);
    expect(payload).toMatchObject({
      failures: [],
      codes: [
        { id: 'dk:code:dk-tasks-28', broader: null },
        { id: 'dk:code:dk-tasks-28-06', broader: { notation: '28' } },
        { id: 'dk:code:dk-tasks-00-30', broader: { notation: '00' } },
      ],
    });
    expect(listAt(payload, 'auditEntries').map((entry) => at(entry, 'subjectId'))).toEqual([
      'dk:code:dk-tasks-28',
      'dk:code:dk-tasks-28-06',
      'dk:code:dk-tasks-00-30',
    ]);
    const found = await catalogue.query('{ denmark { codes(search: "dagtilbud") { nodes { notation } } } }');
    expect(at(found, 'denmark', 'codes', 'nodes')).toEqual([{ notation: '28.06' }]);
  });

  it.each([
    ['an unknown list', [{ notation: '1', labels }], { scheme: 'DK_NONE' }, 'NOT_FOUND scheme'],
    ['no codes', [], {}, 'INVALID_VALUE codes'],
    ['a code that exists', [{ notation: '21', labels }], {}, 'ALREADY_EXISTS codes 0 notation'],
    [
      'two codes that differ by punctuation only',
      [
        { notation: '30.1', labels },
        { notation: '30-1', labels },
      ],
      {},
      'ALREADY_EXISTS codes 1 notation',
    ],
    [
      'an unknown broader code',
      [{ notation: '40', labels, broaderNotation: '4' }],
      {},
      'NOT_FOUND codes 0 broaderNotation',
    ],
    [
      'codes that are broader than one another',
      [
        { notation: '50', labels, broaderNotation: '51' },
        { notation: '51', labels, broaderNotation: '50' },
      ],
      {},
      'INVALID_VALUE codes 0 broaderNotation',
    ],
    ['a code without a label', [{ notation: '60', labels: [] }], {}, 'INVALID_VALUE codes 0 labels'],
  ])('rejects %s and writes nothing', async (_what, codes, overrides, code) => {
    await expectRejection(catalogue, () => publish(codes, overrides), code);
  });
});

describe('correctCode and withdrawCode', () => {
  const correct = (overrides: object): Promise<TestPayload> =>
    catalogue.mutate(
      'correctCode',
      { codeId: 'dk:code:dk-tasks-00', expectedRevision: 1, labels, provenance, ...overrides },
      'code { notation label broaderNotation revision }',
    );

  it('reject a broader code that is narrower, and a code that others are narrower than', async () => {
    await expectRejection(catalogue, () => correct({ broaderNotation: '00.22' }), 'INVALID_VALUE broaderNotation');
    const withdraw = { codeId: 'dk:code:dk-tasks-00', expectedRevision: 1 };
    await expectRejection(catalogue, () => catalogue.mutate('withdrawCode', withdraw), 'IN_USE codeId');
  });

  it('change the labels of a code, and remove it', async () => {
    const codeId = 'dk:code:dk-tasks-21';
    expect(await correct({ codeId })).toMatchObject({
      failures: [],
      code: { notation: '21', label: 'Børn', broaderNotation: null, revision: 2 },
    });
    const withdrawn = await catalogue.mutate('withdrawCode', { codeId, expectedRevision: 2 }, 'codeId');
    expect(withdrawn).toMatchObject({ failures: [], codeId });
    expect(await catalogue.feed()).toContain(`DELETE ${codeId}`);
  });
});

describe('stateMapping and withdrawMapping', () => {
  const state = (input: object): Promise<TestPayload> =>
    catalogue.mutate(
      'stateMapping',
      { code: { scheme: 'DK_TASKS', notation: '00.22' }, relation: 'CLOSE', provenance, ...input },
      'mapping { id relation toScheme toNotation topic revision }',
    );

  it('state how a code relates to one of another list, once, and withdraw it', async () => {
    const toCode = { scheme: 'EU_SDG', notation: 'A1' };
    const payload = await state({ toCode });
    const mappingId = 'dk:code-mapping:dk-tasks-00-22-eu-sdg-a1';
    expect(payload).toMatchObject({
      failures: [],
      mapping: { id: mappingId, relation: 'CLOSE', toScheme: 'EU_SDG', toNotation: 'A1', topic: null },
    });
    expect(failureCodes(await state({ toCode, relation: 'EXACT' }))).toEqual(['ALREADY_EXISTS toCode']);
    const withdrawn = await catalogue.mutate('withdrawMapping', { mappingId, expectedRevision: 1 }, 'mappingId');
    expect(withdrawn).toMatchObject({ failures: [], mappingId });
  });

  it.each([
    ['a mapping without a target', {}, 'INVALID_VALUE topic'],
    ['two targets', { topic: 'a', toCode: { scheme: 'EU_SDG', notation: 'A1' } }, 'INVALID_VALUE topic'],
    ['the code itself', { toCode: { scheme: 'DK_TASKS', notation: '00.22' } }, 'INVALID_VALUE toCode notation'],
    ['a text that cannot be a topic', { topic: 'Meeting management' }, 'INVALID_VALUE topic'],
    ['a mapping that exists', { topic: 'meeting-management' }, 'ALREADY_EXISTS topic'],
  ])('reject %s and write nothing', async (_what, input, code) => {
    await expectRejection(catalogue, () => state(input), code);
  });
});

describe('withdrawCodeList', () => {
  const codeListId = 'dk:code-list:dk-tasks';
  const withdraw = (input: object = {}): Promise<TestPayload> =>
    catalogue.mutate('withdrawCodeList', { codeListId, expectedRevision: 1, ...input }, `codeListId ${audit}`);
  const countCodes = async (): Promise<number> =>
    Number(
      at(
        await catalogue.query('{ denmark { codes(scheme: "DK_TASKS") { totalCount } } }'),
        'denmark',
        'codes',
        'totalCount',
      ),
    );

  it('rejects a list at another revision, or with another number of codes', async () => {
    const expectedCodes = await countCodes();
    const conflict = (field: string) => `REVISION_CONFLICT ${field}`;
    await expectRejection(catalogue, () => withdraw({ expectedCodes: expectedCodes - 1 }), conflict('expectedCodes'));
    await expectRejection(
      catalogue,
      () => withdraw({ expectedCodes, expectedRevision: 2 }),
      conflict('expectedRevision'),
    );
    await expectRejection(
      catalogue,
      () => withdraw({ expectedCodes, codeListId: 'dk:code-list:none' }),
      'NOT_FOUND codeListId',
    );
  });

  it('removes the list, its codes and their mappings, each with an audit entry and a change, once', async () => {
    const before = new Set(await catalogue.feed());
    const [expectedCodes, idempotencyKey] = [await countCodes(), 'withdraw-tasks'];
    const payload = await withdraw({ expectedCodes, idempotencyKey });
    expect(payload).toMatchObject({ failures: [], codeListId });
    const entries = listAt(payload, 'auditEntries').map((entry) => at(entry, 'subject'));
    expect([entries[0], entries.at(-1), entries.length]).toEqual(['CODE_MAPPING', 'CODE_LIST', expectedCodes + 2]);
    expect((await catalogue.feed()).filter((change) => !before.has(change))).toEqual(
      expect.arrayContaining([
        `DELETE ${codeListId}`,
        'DELETE dk:code:dk-tasks-00-22',
        'DELETE dk:code-mapping:dk-tasks-00-22-meeting-management',
      ]),
    );
    expect(await countCodes()).toBe(0);
    expect(await withdraw({ expectedCodes, idempotencyKey })).toEqual(payload);
    expect(failureCodes(await withdraw({ expectedCodes }))).toEqual(['NOT_FOUND codeListId']);
  });
});
