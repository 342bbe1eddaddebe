import { editorOfA, editorOfK, failureCodes, tables, type TestPayload } from '../../../testing/mutation-fixtures.js';
import { at } from '../../../testing/test-catalogue.js';
import { expectRejection, useMutationCatalogue } from '../../../testing/use-mutation-catalogue.js';

const catalogue = useMutationCatalogue({
  ...tables,
  'needs.csv': ['id,statement_da,source', 'dk:need:minutes,Referater,s', 'dk:need:free,Fri,s'],
  'need_holders.csv': [
    'id,need,holder,holders_kind,state,start,ended,amount,currency,met_by,source',
    'dk:need-holder:b,dk:need:minutes,dk:administration:b,,FUNDED,2024-01-01,,1000.50,DKK,,s',
    'dk:need-holder:c,dk:need:minutes,dk:administration:c,,MET,2024-01-01,,,,github.com/kreds/meet,s',
    'dk:need-holder:rule,dk:need:minutes,,REGION,STATED,2020-01-01,,,,,s',
  ],
});

const provenance = { source: 'https://example.org/budget', observedOn: '2025-01-01' };
const statement = `id revision needId holderId rule { kind nuts } state amount { amount currency } metBy
  during { start startPrecision end ended } provenance { observedOn }`;

describe('stateNeed, correctNeed and withdrawNeed', () => {
  it('add a need, correct it, and remove it as long as it has no holders', async () => {
    const fields =
      'need { id statement codes { scheme notation } legalBasis url revision } auditEntry { subject before }';
    const need = {
      statements: [{ language: 'EN-gb', text: ' A library system ' }],
      codes: [{ scheme: 'DK_KLE', notation: '21.01' }],
      legalBasis: 'LBK 100',
      url: 'https://example.org/law',
    };
    const stated = await catalogue.mutate('stateNeed', { need, provenance }, fields);
    expect(stated).toMatchObject({
      failures: [],
      need: {
        statement: 'A library system',
        codes: need.codes,
        legalBasis: need.legalBasis,
        url: need.url,
        revision: 1,
      },
      auditEntry: { subject: 'NEED', before: null },
    });
    const needId = String(at(stated, 'need', 'id'));
    const input = { needId, expectedRevision: 1, need: { statements: need.statements }, provenance };
    const corrected = await catalogue.mutate('correctNeed', input, fields);
    expect(corrected).toMatchObject({ failures: [], need: { codes: [], legalBasis: null, revision: 2 } });
    const withdrawn = await catalogue.mutate('withdrawNeed', { needId, expectedRevision: 2 }, 'needId');
    expect(withdrawn).toMatchObject({ failures: [], needId });
    expect(await catalogue.feed()).toContain(`DELETE ${needId}`);
  });

  it.each([
    [
      'a need without a statement',
      'stateNeed',
      { need: { statements: [] }, provenance },
      'INVALID_VALUE need statements',
    ],
    [
      'a text that is not the name of a code list',
      'stateNeed',
      { need: { statements: [{ language: 'da', text: 'a' }], codes: [{ scheme: 'kle', notation: '1' }] }, provenance },
      'INVALID_VALUE need codes',
    ],
    [
      'the removal of a need with holders',
      'withdrawNeed',
      { needId: 'dk:need:minutes', expectedRevision: 1 },
      'IN_USE needId',
    ],
  ])('reject %s and write nothing', async (_what, mutation, input, code) => {
    await expectRejection(catalogue, () => catalogue.mutate(mutation, input), code);
  });
});

describe('stateNeedHolder', () => {
  const state = (overrides: object, editor = editorOfA): Promise<TestPayload> =>
    catalogue.mutate(
      'stateNeedHolder',
      {
        needId: 'dk:need:free',
        holderId: 'dk:administration:a',
        state: 'FUNDED',
        during: { start: '2025-01-01' },
        provenance,
        ...overrides,
      },
      `needHolder { ${statement} } auditEntry { subject after }`,
      editor,
    );

  it('adds a statement by an editor of the holder, without losing a digit of the amount', async () => {
    const amount = { amount: '999999999999.10', currency: 'DKK' };
    const payload = await state({ amount, metBy: ['https://github.com/Kreds/Meet'] });
    expect(payload).toMatchObject({
      failures: [],
      needHolder: {
        holderId: 'dk:administration:a',
        rule: null,
        state: 'FUNDED',
        amount: { amount: '999999999999.1', currency: 'DKK' },
        metBy: ['github.com/kreds/meet'],
        during: { start: '2025-01-01', startPrecision: 'DAY', end: null },
      },
      auditEntry: { subject: 'NEED_HOLDER', after: { amount: '999999999999.1' } },
    });
    expect(await catalogue.feed()).toContain(`UPSERT ${String(at(payload, 'needHolder', 'id'))}`);
    expect(failureCodes(await state({ holderId: 'dk:consortium:k' }, editorOfK))).toEqual([]);
  });

  it('adds a rule by a catalogue editor, of the whole country by default', async () => {
    const rule = { kind: 'MUNICIPALITY' };
    const payload = await catalogue.mutate(
      'stateNeedHolder',
      { needId: 'dk:need:free', rule, state: 'STATED', provenance },
      `needHolder { ${statement} }`,
    );
    expect(payload).toMatchObject({ failures: [], needHolder: { holderId: null, rule: { ...rule, nuts: 'DK' } } });
    const needs = await catalogue.query(
      '{ denmark { organisation(id: "dk:administration:q") { ... on DanishAdministration { needs { nodes { id } } } } } }',
    );
    expect(at(needs, 'denmark', 'organisation', 'needs', 'nodes')).toEqual([{ id: at(payload, 'needHolder', 'id') }]);
  });

  it.each([
    ['an unknown need', { needId: 'dk:need:none' }, 'NOT_FOUND needId'],
    ['an unknown holder', { holderId: 'dk:administration:z' }, 'NOT_FOUND holderId'],
    ['neither a holder nor a rule', { holderId: null }, 'INVALID_VALUE holderId'],
    ['a holder beside a rule', { rule: { kind: 'REGION' } }, 'INVALID_VALUE rule'],
    [
      'an area of another country',
      { holderId: null, rule: { kind: 'REGION', nuts: 'SE1' } },
      'INVALID_VALUE rule nuts',
    ],
    ['a holder that has ended', { holderId: 'dk:administration:x' }, 'ENDED holderId'],
    ['a currency that does not exist', { amount: { amount: '1', currency: 'XXY' } }, 'INVALID_VALUE amount currency'],
    [
      'an amount that is too large',
      { amount: { amount: '1000000000000', currency: 'DKK' } },
      'INVALID_VALUE amount amount',
    ],
    ['a text that is not an address', { metBy: ['something'] }, 'INVALID_VALUE metBy'],
    ['an end before the start', { during: { start: '2025-01-02', end: '2025-01-01' } }, 'INVALID_VALUE during end'],
    ['an overlapping statement', { needId: 'dk:need:minutes', holderId: 'dk:administration:b' }, 'OVERLAP during'],
    [
      'a statement without a day from which it counts',
      { during: null, provenance: { source: provenance.source } },
      'INVALID_VALUE provenance observedOn',
    ],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    const input = { needId: 'dk:need:minutes', holderId: 'dk:administration:e', state: 'FUNDED', ...overrides };
    const given = { during: { start: '2025-01-01' }, provenance, ...input };
    await expectRejection(catalogue, () => catalogue.mutate('stateNeedHolder', given), code);
  });
});

describe('changeNeedState', () => {
  const change = (overrides: object): Promise<TestPayload> =>
    catalogue.mutate(
      'changeNeedState',
      {
        holderId: 'dk:administration:b',
        needHolderId: 'dk:need-holder:b',
        expectedRevision: 1,
        state: 'MET',
        on: '2025-03-01',
        provenance,
        ...overrides,
      },
      `former { ${statement} } needHolder { ${statement} } auditEntries { subjectId }`,
    );

  it.each([
    ['a statement about another holder', { holderId: 'dk:administration:a' }, 'NOT_FOUND needHolderId'],
    ['an outdated revision', { expectedRevision: 7 }, 'REVISION_CONFLICT expectedRevision'],
    ['a day before the former state began', { on: '2023-12-31' }, 'INVALID_VALUE on'],
  ])('rejects %s and writes nothing', async (_what, overrides, code) => {
    await expectRejection(catalogue, () => change(overrides), code);
  });

  it('ends the former statement on the day on which the new one begins', async () => {
    const payload = await change({ metBy: ['github.com/kreds/meet'], onPrecision: 'MONTH' });
    expect(payload).toMatchObject({
      failures: [],
      former: {
        id: 'dk:need-holder:b',
        revision: 2,
        state: 'FUNDED',
        amount: { amount: '1000.5', currency: 'DKK' },
        during: { start: '2024-01-01', end: '2025-03-01', ended: true },
      },
      needHolder: {
        needId: 'dk:need:minutes',
        holderId: 'dk:administration:b',
        state: 'MET',
        metBy: ['github.com/kreds/meet'],
        during: { start: '2025-03-01', startPrecision: 'MONTH', end: null },
      },
    });
    expect(at(payload, 'auditEntries')).toHaveLength(2);
    expect(failureCodes(await change({ expectedRevision: 2 }))).toEqual(['ENDED needHolderId']);
  });

  it('changes the state of a rule', async () => {
    const payload = await change({ holderId: null, needHolderId: 'dk:need-holder:rule', state: 'WITHDRAWN' });
    expect(payload).toMatchObject({ failures: [], needHolder: { rule: { kind: 'REGION', nuts: 'DK' } } });
  });
});

it('correctNeedHolder replaces what was stated, and keeps the need and the holder', async () => {
  const input = {
    holderId: 'dk:administration:c',
    needHolderId: 'dk:need-holder:c',
    expectedRevision: 1,
    state: 'TENDERED',
    during: null,
    provenance,
  };
  const payload = await catalogue.mutate('correctNeedHolder', input, `needHolder { ${statement} }`);
  expect(payload).toMatchObject({
    failures: [],
    needHolder: {
      revision: 2,
      needId: 'dk:need:minutes',
      holderId: 'dk:administration:c',
      state: 'TENDERED',
      metBy: [],
      during: { start: null },
      provenance: { observedOn: '2025-01-01' },
    },
  });
});
