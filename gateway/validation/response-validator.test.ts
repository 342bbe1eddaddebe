import { buildSchema } from 'graphql';

import { createFetchValidation } from './fetch-validation.js';
import { type Findings, noFindings, toPath } from './findings.js';
import { createSubgraphTypes } from './subgraph-types.js';

const belgium = createSubgraphTypes(
  'belgium',
  buildSchema(`
    scalar URL scalar Date scalar DateTime scalar CountryCode scalar Colour
    interface Organisation { ref: ID! id: ID! name: String! country: CountryCode! }
    interface Administration implements Organisation { ref: ID! id: ID! name: String! country: CountryCode! nuts: String }
    type BelgianAdministration implements Administration & Organisation {
      ref: ID! id: ID! name: String! country: CountryCode! nuts: String homepage: URL population: PopulationFigure
      members: [Organisation] tags: [String!]! note: String
    }
    type BelgianConsortium implements Organisation { ref: ID! id: ID! name: String! country: CountryCode! purpose: String }
    type PopulationFigure { count: Int! on: Date growth: Float isRounded: Boolean at: DateTime kind: Kind colour: Colour code: ID }
    type Claim { id: ID! share: Float memberId: ID }
    type Solution { address: String! }
    enum Kind { TOWN CITY }
    type Query {
      belgium: BelgianAdministration
      organisation: Organisation
      administration: Administration
      claims: [Claim]
      solution: Solution
      grid: [[Int!]]
    }
  `),
);

const fetchOf = (query: string) =>
  createFetchValidation('belgium', query, { findSubgraphTypes: () => belgium, memory: { bytes: 0 } });

const show = (findings: Findings) => findings.invalid.map((invalid) => [toPath(invalid).join('.'), invalid.fault]);

/** Validates the response to a query, which comes as JSON from the subgraph. */
function validate(query: string, json: string | object) {
  const findings = noFindings();
  const data = JSON.parse(typeof json === 'string' ? json : JSON.stringify(json)) as Record<string, unknown>;
  const valid = fetchOf(query).getValidator().validateRoots(data, findings);
  const { discarded, firstDiscarded, unlisted } = findings;
  return { data: valid, invalid: show(findings), discarded, firstDiscarded, unlisted };
}

function validateEntity(selection: string, representation: object, entity: unknown) {
  const findings = noFindings();
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
  const valid = fetchOf(query)
    .getValidator()
    .validateEntity(structuredClone(entity), { ...representation }, findings);
  return { entity: valid, invalid: show(findings), discarded: findings.discarded };
}

describe('fields that a fetch did not select', () => {
  it.each<[string, string, string, object, number]>([
    [
      'the root',
      '{ belgium { name } }',
      '{"belgium":{"name":"Gent"},"denmark":{"__typename":"DanishCatalogue","title":"x"}}',
      { belgium: { name: 'Gent' } },
      1,
    ],
    [
      'an object',
      '{ belgium { name } }',
      '{"belgium":{"name":"Gent","note":"x","id":"y"}}',
      { belgium: { name: 'Gent' } },
      2,
    ],
    [
      'a list',
      '{ belgium { members { __typename name } } }',
      '{"belgium":{"members":[{"__typename":"BelgianConsortium","name":"i","purpose":"x"},null]}}',
      { belgium: { members: [{ __typename: 'BelgianConsortium', name: 'i' }, null] } },
      1,
    ],
    [
      'a fragment for another type',
      '{ organisation { __typename ... on BelgianAdministration { note } ... on BelgianConsortium { purpose } } }',
      '{"organisation":{"__typename":"BelgianConsortium","purpose":"p","note":"x"}}',
      { organisation: { __typename: 'BelgianConsortium', purpose: 'p' } },
      1,
    ],
    [
      'an alias',
      '{ belgium { title: name } }',
      '{"belgium":{"title":"Gent","name":"x"}}',
      { belgium: { title: 'Gent' } },
      1,
    ],
    [
      'the prototype',
      '{ belgium { name } }',
      '{"belgium":{"name":"Gent","__proto__":{"note":"x"}}}',
      { belgium: { name: 'Gent' } },
      1,
    ],
    [
      'names that objects inherit',
      '{ belgium { toString: name } }',
      '{"belgium":{"toString":"Gent","constructor":{"name":"x"}}}',
      { belgium: { toString: 'Gent' } },
      1,
    ],
  ])('are discarded from %s', (_where, query, json, data, discarded) => {
    const result = validate(query, json);
    expect(result).toMatchObject({ invalid: [], discarded });
    expect(JSON.stringify(result.data)).toBe(JSON.stringify(data));
  });

  it('are named once for the log', () => {
    expect(validate('{ belgium { name } }', { denmark: {}, belgium: { name: 'Gent', note: 'x' } })).toMatchObject({
      discarded: 2,
      firstDiscarded: 'note',
    });
  });

  it('leave an object as it is if there are none, without a copy', () => {
    const data = { belgium: { name: 'Gent' } };
    const { belgium: town } = data;
    const valid = fetchOf('{ belgium { name } }').getValidator().validateRoots(data, noFindings());
    expect(valid['belgium']).toBe(town);
  });
});

const text = 'text';
describe.each<[string, unknown[], unknown[]]>([
  [
    'homepage',
    ['https://gent.be/', 'http://a.be:8080/x?y#z'],
    ['javascript:alert(1)', 'data:text/html,x', 'gent.be', 1, ''],
  ],
  [
    'name',
    ['Gent', 'Sint-Niklaas', "'s-Hertogenbosch", 'Ærø', '👨‍👩‍👧'],
    ['Ge\u202ent', 'Ge\u200bnt', 'Ge\0nt', '\ud800', 7, {}],
  ],
  ['name', ['x'.repeat(500)], ['x'.repeat(501), ['Gent'], '\ufeffGent', 'Ge\u00adnt', 'Ge\u200dnt', 'Ge\x85nt']],
  ['note', ['two\nlines\tand a tab', 'x'.repeat(20_000)], ['x'.repeat(20_001), true, 'a\u2066b']],
  ['ref', ['be:administration:25110', 'BE_NIS:\u200b1'], ['x'.repeat(251), {}]],
  ['country', ['BE'], ['DK', 'be', text, 1]],
  ['nuts', ['BE3', 'BE234'], ['Wallonia', 'BE2345']],
  ['id', ['be:administration:25110'], ['dk:administration:0820', 'be:consortium:imio', 25110, text]],
  ['tags', [[], ['a']], [text, {}, Array(2_001).fill('a')]],
])('a value of the field %s', (field, valid, invalid) => {
  it.each(valid.map((value) => ({ value })))('may be $value', ({ value }) => {
    const data = { belgium: { [field]: value } };
    expect(validate(`{ belgium { ${field} } }`, data)).toMatchObject({ data, invalid: [] });
  });

  it.each(invalid.map((value) => ({ value })))('becomes null with one error, if it is $value', ({ value }) => {
    const { data, invalid: found } = validate(`{ belgium { ${field} } }`, { belgium: { [field]: value } });
    expect(data).toEqual({ belgium: { [field]: null } });
    expect(found).toEqual([[`belgium.${field}`, expect.stringContaining('allowed')]]);
  });
});

describe.each<[string, unknown[], unknown[]]>([
  ['count', [0, 2_147_483_647], [-1, 2_147_483_648, 1.5, '1', true, '1e308']],
  ['on', ['2024-02-29'], ['2023-02-29', '9999-99-99', 20240229]],
  ['growth', [0, -1.5], ['1', {}]],
  ['isRounded', [true, false], [0, 'true']],
  ['at', ['2026-11-23T09:30:00Z'], ['2026-11-23', '2026-11-23T09:30:00+01:00']],
  ['kind', ['TOWN'], ['VILLAGE', 'toString', 1]],
  ['colour', ['red', 1, true], [{ red: 1 }, ['red'], 'r\u202ed']],
  ['code', ['a', 7], [1.5, {}, 'a\u200b']],
])('a value of the scalar of %s', (field, valid, invalid) => {
  const query = `{ belgium { population { ${field} } } }`;
  it('is validated', () => {
    for (const value of valid)
      expect(validate(query, { belgium: { population: { [field]: value } } }).invalid).toEqual([]);
    for (const value of invalid) {
      const result = validate(query, { belgium: { population: { [field]: value } } });
      expect(result.data).toEqual({ belgium: { population: { [field]: null } } });
      expect(result.invalid).toEqual([[`belgium.population.${field}`, expect.stringContaining('allowed is')]]);
    }
  });
});

it('a number that JSON cannot represent is invalid', () => {
  expect(
    validate(
      '{ belgium { population { growth count } } }',
      '{"belgium":{"population":{"growth":1e999,"count":1e308}}}',
    ),
  ).toMatchObject({
    data: { belgium: { population: { growth: null, count: null } } },
    invalid: [
      ['belgium.population.growth', expect.anything()],
      ['belgium.population.count', expect.anything()],
    ],
  });
});

describe('the type of an object', () => {
  const query = '{ administration { __typename name } }';
  it.each([
    ['of another country', { __typename: 'DanishAdministration', name: 'Ry' }],
    ['that is not possible there', { __typename: 'BelgianConsortium', name: 'iMio' }],
    ['that is not a text', { __typename: {}, name: 'iMio' }],
    ['that is missing', { name: 'iMio' }],
    ['of a list', [{ __typename: 'BelgianAdministration', name: 'Gent' }]],
    ['of a text', 'Gent'],
  ])('must not be one %s', (_what, value) => {
    expect(validate(query, { administration: value })).toMatchObject({
      data: { administration: null },
      invalid: [['administration', expect.stringContaining('allowed is an object of type BelgianAdministration')]],
    });
  });

  it('must be the only possible one where the fetch selects it', () => {
    expect(validate('{ belgium { __typename } }', { belgium: { __typename: 'DanishAdministration' } }).invalid).toEqual(
      [['belgium.__typename', 'an invalid value; allowed is BelgianAdministration']],
    );
  });
});

describe('a value that is null or missing', () => {
  it.each([
    ['{ belgium { name } }', { belgium: { name: null } }, [['belgium.name', expect.stringContaining('not nullable')]]],
    ['{ belgium { note } }', { belgium: { note: null } }, []],
    ['{ belgium { note } }', { belgium: {} }, [['belgium.note', expect.stringContaining('no value')]]],
    ['{ belgium { name } claims { id } }', { belgium: null }, [['claims', expect.stringContaining('no value')]]],
    [
      '{ belgium { tags } }',
      { belgium: { tags: [null] } },
      [['belgium.tags.0', expect.stringContaining('not nullable')]],
    ],
    ['{ grid }', { grid: [null, [1, null]] }, [['grid.1.1', expect.stringContaining('not nullable')]]],
  ])('in the response to %s, as in %j, is reported as %j', (query, data, expected) => {
    expect(validate(query, data).invalid).toEqual(expected);
  });
});

it('many invalid values are reported up to a limit, and then counted', () => {
  const claims = Array.from({ length: 50 }, () => ({ share: 2 }));
  const { invalid, unlisted } = validate('{ claims { share } }', { claims });
  expect([invalid.length, unlisted]).toEqual([20, 30]);
  expect(invalid[19]).toEqual(['claims.19.share', 'an invalid value; allowed is a number from 0 to 1']);
});

describe('an entity', () => {
  const __typename = 'BelgianAdministration';
  const byId = { __typename: 'BelgianAdministration', ref: 'be:administration:25110' };
  const byCode = { __typename: 'BelgianAdministration', ref: 'BE_NIS:25110' };
  const select = '... on BelgianAdministration { __typename id name } ... on BelgianConsortium { purpose }';

  it('has what the fetch selects of its type', () => {
    const entity = { __typename, id: 'be:administration:25110', name: 'Gent', purpose: 'x', denmark: { title: 'x' } };
    expect(validateEntity(select, byId, entity)).toEqual({
      entity: { __typename, id: 'be:administration:25110', name: 'Gent' },
      invalid: [],
      discarded: 2,
    });
  });

  it.each<[string, object, unknown]>([
    ['with another id than in its key', byId, { id: 'be:administration:9', name: 'Gent' }],
    ['of another type', byCode, { __typename: 'DanishAdministration', id: 'be:administration:1', name: 'x' }],
    ['that is a list', byId, []],
    ['that is a number', byId, 7],
  ])('%s is null', (_what, representation, entity) => {
    expect(validateEntity(select, representation, entity)).toMatchObject({
      entity: null,
      invalid: [['', expect.any(String)]],
    });
  });

  it('has the id that its country gives to a code', () => {
    expect(validateEntity(select, byCode, { __typename, id: 'be:administration:25110', name: 'Gent' })).toMatchObject({
      invalid: [],
    });
  });

  it('with the id of an organisation of another country has no id', () => {
    expect(validateEntity(select, byCode, { __typename, id: 'dk:administration:0820', name: 'Gent' })).toMatchObject({
      entity: { __typename, id: null, name: 'Gent' },
      invalid: [['id', expect.stringContaining('the id of an administration of BE')]],
    });
  });

  it('must have the requested key under any alias', () => {
    const entity = { existence_: 'be:administration:9', own: 'BE_NIS:9' };
    expect(validateEntity('... on BelgianAdministration { existence_: id }', byId, entity)).toMatchObject({
      entity: null,
    });
    expect(validateEntity('... on BelgianAdministration { own: ref }', byCode, entity)).toMatchObject({ entity: null });
    expect(
      validateEntity(
        '... on Solution { address }',
        { __typename: 'Solution', address: 'github.com/a/b' },
        { address: 'github.com/c/d' },
      ),
    ).toMatchObject({ entity: null });
  });
});

describe('a reported path', () => {
  const fetch = fetchOf('{ belgium { name members { __typename ... on BelgianConsortium { purpose } } } }');
  it.each([
    [
      ['belgium', 'name'],
      ['belgium', 'name'],
    ],
    [
      ['belgium', 'members', 3, 'purpose'],
      ['belgium', 'members', 3, 'purpose'],
    ],
    [['denmark', 'title'], []],
    [['belgium', 'homepage'], ['belgium']],
    [[0, 'belgium'], []],
    [['belgium', -1], []],
    [['belgium', '__proto__'], ['belgium']],
    [['belgium', {}], []],
    [undefined, []],
    ['belgium', []],
  ])('%j is restricted to what the fetch selects: %j', (path, restricted) => {
    expect(fetch.restrictPath(path)).toEqual(restricted);
  });
});
