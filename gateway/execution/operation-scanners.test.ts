import { buildSchema, getOperationAST, parse } from 'graphql';

import { createRandom } from '../../services/kit/testing/random.js';
import type { Fetch } from './fetch.js';
import { createResponseNames } from './response-names.js';
import { compileResponseShape } from './response-shape.js';
import type { Data } from './result-tree.js';
import { parseResponse } from '../subgraphs/parse-response.js';
import type { SubgraphResponse } from '../subgraphs/subgraph.js';
import { createFetchValidation } from '../validation/fetch-validation.js';
import { type InvalidValue, noFindings } from '../validation/findings.js';
import { createSubgraphTypes } from '../validation/subgraph-types.js';
import { createScanners } from './operation-scanners.js';
import { JsonCursor } from '../raw/json-cursor.js';
import { RawJson, toJsonLine } from '../raw/raw-json.js';
import { scanResponse } from '../raw/scan-response.js';

const schema = buildSchema(`
  scalar URL scalar Date scalar CountryCode
  interface Organisation { ref: ID! id: ID! name: String! country: CountryCode! }
  type BelgianAdministration implements Organisation {
    ref: ID! id: ID! name: String! country: CountryCode! nuts: String homepage: URL population: PopulationFigure
    members: [Organisation] tags: [String!]! kind: Kind
  }
  type BelgianConsortium implements Organisation { ref: ID! id: ID! name: String! country: CountryCode! purpose: String }
  type PopulationFigure { count: Int! on: Date growth: Float isRounded: Boolean }
  enum Kind { TOWN CITY }
  union _Entity = BelgianAdministration | BelgianConsortium
  scalar _Any
  type Query { list: [BelgianAdministration!] first: BelgianAdministration _entities(representations: [_Any!]!): [_Entity]! }`);
const types = createSubgraphTypes('belgium', schema);
const memory = { bytes: 0 };
const names = createResponseNames({ fields: ['__typename', 'ref', 'id'], withArguments: [] });

const fetchOf = (query: string, path: string[] = [], requires: Fetch['requires'] = null): Fetch => ({
  service: 'belgium',
  path,
  query,
  bodyPrefix: '',
  variables: [],
  requires,
  inputRewrites: [],
  outputRewrites: [],
  validation: createFetchValidation('belgium', query, { findSubgraphTypes: () => types, memory }),
});

function toRawJson(text: string): RawJson {
  const cursor = JsonCursor.open(Buffer.from(text));
  if (!cursor) throw new Error('not UTF-8');
  cursor.begin();
  cursor.at = text.length;
  return cursor.end();
}

/** How the fetches of an operation are read: with a scan, or by parsing and validating it; and written to the client. */
function prepare(clientQuery: string, ...fetches: [Fetch, ...Fetch[]]) {
  const [fetch] = fetches;
  const document = parse(clientQuery);
  const client = { schema, operation: getOperationAST(document) as never, fragments: new Map() };
  const steps = fetches.map((one) => ({ kind: 'fetch' as const, fetch: one }));
  const scanner = createScanners({ kind: 'sequence', steps }, client, { names, memory })(fetch);
  const shape = compileResponseShape(client, { names, interfaceObjects: new Set(), memory });
  return {
    scan: (body: Buffer, representations: readonly Data[] | null = null): SubgraphResponse | undefined =>
      scanner ? scanResponse(body, [{ scanner, prefix: '', representations }]) : undefined,
    validate: (body: Buffer) => {
      const findings = noFindings();
      const { data, errors } = parseResponse(body.toString('utf8'));
      const valid = fetch.validation.getValidator().validateRoots(data ?? {}, findings);
      return { valid, isClean: errors.length + findings.invalid.length + findings.discarded === 0 };
    },
    write: (data: Data): string => {
      const invalid: InvalidValue[] = [];
      const written = String(toJsonLine(shape.complete(data, invalid) ?? {}));
      expect(invalid).toEqual([]);
      return written;
    },
  };
}

const member = {
  __typename: 'BelgianConsortium',
  ref: 'x',
  id: 'be:consortium:a',
  name: 'Ceinture "Î" – Ĺ',
  purpose: 'a\nb',
};
const administration = {
  __typename: 'BelgianAdministration',
  id: 'be:administration:1',
  name: 'Liège – Luik €',
  homepage: 'https://example.org/a?b=%20',
  kind: 'TOWN',
  population: { count: 195_968, on: '2024-01-01', growth: -0.25, isRounded: false },
  members: [
    member,
    null,
    { __typename: 'BelgianAdministration', ref: 'y', id: 'be:administration:2', name: 'É', nuts: 'BE3' },
  ],
  tags: ['a', 'Ærø', ''],
};
const list = prepare(
  `{ list { name site: homepage kind population { count on growth isRounded } members { id name ... on BelgianConsortium { purpose }
    ... on BelgianAdministration { nuts } } tags } }`,
  fetchOf(`{ list { __typename id name site: homepage kind population { count on growth isRounded } members { __typename ref id name
    ... on BelgianConsortium { purpose } ... on BelgianAdministration { nuts } } tags } }`),
);
const { homepage: site, ...rest } = administration;
const { __typename, id, name, ...others } = rest;
const item = { __typename, id, name, site, ...others };
/** An object that is equal to the one before it is not read again. */
const listed = Buffer.from(`${JSON.stringify({ data: { list: [item, { ...item, kind: 'CITY' }] } })}\n`);

it('a response is passed on without what the client did not select, and without being parsed', () => {
  const scanned = list.scan(listed);
  expect(scanned?.data?.['list']).toBeInstanceOf(RawJson);
  const { valid, isClean } = list.validate(listed);
  expect(isClean).toBe(true);
  expect(list.write(scanned?.data ?? {})).toBe(list.write(valid));
  expect(list.write(scanned?.data ?? {})).not.toContain('__typename');
});

it('whatever is changed in a response, it is parsed, or the client gets what it would get if it was', () => {
  const random = createRandom(20_261_130);
  const parts = [
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '-',
    '.5',
    'e9',
    'null',
    'true',
    ' ',
    '\n',
    '\0',
    '\\n',
    '\\u0041',
    '\\"',
  ];
  const texts = [
    'é',
    'ŝ',
    '\u00ad',
    '\u200b',
    '€',
    '💥',
    '\u0085',
    '"x":1,',
    '"name":"b",',
    'TOWN',
    '__typename',
    'x'.repeat(600),
  ];
  const pieces = [...parts, ...texts].map((text) => Buffer.from(text)).concat(Buffer.from([0xff]), Buffer.from([0xc3]));
  let passed = 0;
  for (let round = 0; round < 1_500; round += 1) {
    const at = random.below(listed.length);
    const removed = random.below(3) === 0 ? random.below(4) : random.below(2);
    const piece = random.below(4) === 0 ? Buffer.alloc(0) : (pieces[random.below(pieces.length)] ?? Buffer.alloc(0));
    const changed = Buffer.concat([listed.subarray(0, at), piece, listed.subarray(at + removed)]);
    // Otherwise most responses would be parsed at once, after so many that had to be.
    expect(list.scan(listed)).toBeDefined();
    const scanned = list.scan(changed);
    if (!scanned) continue;
    passed += 1;
    const { valid, isClean } = list.validate(changed);
    expect([changed.toString(), isClean]).toEqual([changed.toString(), true]);
    expect(list.write(scanned.data ?? {})).toBe(list.write(valid));
  }
  expect(passed).toBeGreaterThan(40);
});

it('what the client gets in another order, or what another fetch completes, is parsed, and the rest is passed on', () => {
  const query = '{ first { __typename id name tags population { count on } members { __typename ref id name } } }';
  const body = Buffer.from(
    JSON.stringify({
      data: {
        first: {
          ...{ __typename: 'BelgianAdministration', id: 'be:administration:1', name: 'Gent', tags: ['a'] },
          ...{ population: { count: 1, on: null }, members: [{ ...member, purpose: undefined }] },
        },
      },
    }),
  );
  const requires: Fetch['requires'] = [
    { kind: 'InlineFragment', typeCondition: 'BelgianConsortium', selections: [{ kind: 'Field', name: 'ref' }] },
  ];
  const entities = fetchOf(
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on BelgianConsortium { purpose } } }',
    ['first', 'members', '@'],
    requires,
  );
  const both = prepare(
    '{ first { name tags population { on count } members { name ... on BelgianConsortium { purpose } } } }',
    fetchOf(query),
    entities,
  );
  const first = both.scan(body)?.data?.['first'] as Data;
  expect(first).toMatchObject({
    name: 'Gent',
    population: { count: 1, on: null },
    members: [{ __typename: 'BelgianConsortium', ref: 'x', name: member.name }],
  });
  expect(first['tags']).toBeInstanceOf(RawJson);
});

describe('the entities of a response', () => {
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on BelgianAdministration { id name tags } } }';
  const requires: Fetch['requires'] = [
    { kind: 'InlineFragment', typeCondition: 'BelgianAdministration', selections: [{ kind: 'Field', name: 'ref' }] },
  ];
  const { scan } = prepare('{ list { name tags } }', fetchOf(query, ['list', '@'], requires));
  const keys = ['be:administration:1', 'be:administration:2'].map((ref) => ({
    __typename: 'BelgianAdministration',
    ref,
  }));
  const read = (...entities: unknown[]) => scan(Buffer.from(JSON.stringify({ data: { _entities: entities } })), keys);

  it('are read for the representations by which they were requested', () => {
    const response = read({ id: 'be:administration:1', name: 'a', tags: ['x'] }, null);
    expect(response?.data?.['_entities']).toEqual([
      { id: 'be:administration:1', name: 'a', tags: toRawJson('["x"]') },
      null,
    ]);
  });

  it.each([
    ['one is another', [{ id: 'be:administration:2', name: 'a', tags: [] }, null]],
    ['there are too few', [null]],
    ['there are too many', [null, null, null]],
    [
      'a list is too long',
      [{ id: 'be:administration:1', name: 'a', tags: Array.from({ length: 2_001 }, () => 'x') }, null],
    ],
  ])('are parsed if %s', (_case, entities) => {
    expect(read(...entities)).toBeUndefined();
  });
});
