import { graph } from './graph.js';
import { list, malformed } from './malformed-operations.js';

describe('a code returns its administration', () => {
  it.each([
    ['DK_KOMMUNE', '0820', 'dk:administration:0820', 'Vesthimmerlands'],
    ['DK_CVR', '64942212', 'dk:administration:0101', 'København'],
    ['DK_CVR', '64 94 22 12', 'dk:administration:0101', 'København'],
    ['EU_LAU', 'DK_820', 'dk:administration:0820', 'Vesthimmerlands'],
    ['BE_NIS', '25110', 'be:administration:25110', 'Waterloo'],
    ['BE_KBO', '0201105843', 'be:administration:idea', 'IDEA'],
    ['BE_KBO', '0201.105.843', 'be:administration:idea', 'IDEA'],
    ['IT_ISTAT', '062008', 'it:administration:062008', 'Benevento'],
    ['IT_IPA', 'c_a783', 'it:administration:062008', 'Benevento'],
    ['IT_IPA', 'C_A783', 'it:administration:062008', 'Benevento'],
    ['IT_CADASTRAL', 'A783', 'it:administration:062008', 'Benevento'],
  ])('%s %s leads to %s', async (scheme, notation, id, name) => {
    const query = 'query ($identifier: IdentifierInput!) { administration(identifier: $identifier) { id name } }';
    const { data, errors } = await graph.query(query, { identifier: { scheme, notation } });
    expect({ data, errors }).toEqual({ data: { administration: { id, name } }, errors: undefined });
  });
});

describe('node', () => {
  it('fetches each object that has an id in the whole graph again', async () => {
    const ids = [
      'dk:administration:0820',
      'be:consortium:0841470248',
      'it:catalogue',
      'github.com/os2mo/os2mo',
      'dk:administration:0820',
    ];
    const { data, errors } = await graph.query(
      `query ($ids: [ID!]!) {
        nodes(ids: $ids) { __typename id ... on Organisation { name } ... on Catalogue { title } ... on Solution { address } }
        node(id: "be:consortium:0841470248") { id ... on Consortium { name } }
      }`,
      { ids },
    );
    const vesthimmerlands = { __typename: 'DanishAdministration', id: ids[0], name: 'Vesthimmerlands' };
    const { name } = { name: expect.any(String) as string };
    expect({ data, errors }).toEqual({
      data: {
        nodes: [
          vesthimmerlands,
          { __typename: 'BelgianConsortium', id: ids[1], name },
          { __typename: 'ItalianCatalogue', id: ids[2], title: name },
          { __typename: 'Solution', id: ids[3], address: ids[3] },
          vesthimmerlands,
        ],
        node: { id: ids[1], name },
      },
      errors: undefined,
    });
  });
});

describe('an organisation that does not exist is null, without an error and without a ghost', () => {
  const roots = [
    'organisation(id: "dk:administration:9999")',
    'organisation(id: "dk:consortium:0820")',
    'organisation(id: "be:consortium:nobody")',
    'organisation(id: "it:administration:000000")',
    'organisation(id: "zz:administration:1")',
    'administration(identifier: { scheme: "DK_KOMMUNE", notation: "9999" })',
    'administration(identifier: { scheme: "BE_NIS", notation: "99999" })',
    'administration(identifier: { scheme: "IT_IPA", notation: "nobody: __proto__" })',
    'administration(identifier: { scheme: "EU_NUTS", notation: "DKZZZ" })',
  ];
  const fields = ['id', 'name', 'homepage', 'memberships { role }', '__typename id', 'homepage memberships { role }'];

  it.each(roots)('%s is null', async (root) => {
    const selected = fields.map((field, index) => `f${index}: ${root} { ${field} }`);
    const { data, errors } = await graph.query(`{ ${selected.join(' ')} }`);
    expect({ data, errors }).toEqual({
      data: Object.fromEntries(fields.map((_field, index) => [`f${index}`, null])),
      errors: undefined,
    });
  });

  it.each(['dk:administration:9999', 'zz:administration:1', 'zz:catalogue', 'github.com/none/none'])(
    'is null as node %s',
    async (id) => {
      const selections = [
        'id',
        '__typename',
        '... on Administration { name }',
        '... on Organisation { id } __typename',
      ];
      const selected = selections.map((fields, index) => `f${index}: node(id: "${id}") { ${fields} }`);
      const { data, errors } = await graph.query(`{ ${selected.join(' ')} nodes(ids: ["${id}"]) { id } }`);
      expect({ data, errors }).toEqual({
        data: { ...Object.fromEntries(selections.map((_fields, index) => [`f${index}`, null])), nodes: [null] },
        errors: undefined,
      });
    },
  );

  it('is null in a list and in a country', async () => {
    const { data, errors } = await graph.query(`{
      organisations(ids: ["it:administration:000000", "dk:administration:0820", "zz:consortium:x"]) { homepage id }
      denmark { organisation(id: "be:administration:25110") { id } administration(identifier: { scheme: "DK_KOMMUNE", notation: "9999" }) { id } }
    }`);
    expect({ data, errors }).toEqual({
      data: {
        organisations: [null, { homepage: null, id: 'dk:administration:0820' }, null],
        denmark: { organisation: null, administration: null },
      },
      errors: undefined,
    });
  });
});

/** Valid cursors of several lists. */
async function cursors(): Promise<Record<string, string>> {
  const { data } = await graph.query(`{
    denmark {
      administrations(first: 1) { pageInfo { endCursor } }
      byPopulation: administrations(first: 1, orderBy: { field: POPULATION }) { pageInfo { endCursor } }
      consortia(first: 1) { pageInfo { endCursor } nodes { members(first: 1) { pageInfo { endCursor } } } }
    }
    belgium { administrations(first: 1) { pageInfo { endCursor } } }
  }`);
  const cursorIn = (part: unknown): string => /"endCursor":"([^"]+)"/.exec(JSON.stringify(part))?.[1] ?? '';
  const { denmark, belgium } = data as Record<string, Record<string, { nodes?: unknown }>>;
  return {
    denmark: cursorIn(denmark?.['administrations']),
    byPopulation: cursorIn(denmark?.['byPopulation']),
    consortia: cursorIn({ ...denmark?.['consortia'], nodes: undefined }),
    members: cursorIn(denmark?.['consortia']?.nodes),
    belgium: cursorIn(belgium?.['administrations']),
  };
}

describe('malformed input is rejected with exactly one error', () => {
  it.each(malformed)('rejects %s', async (_name, query, code) => {
    const response = await graph.query(query);
    expect(response.errors).toHaveLength(1);
    const [error] = response.errors ?? [];
    expect(error?.extensions?.['code']).toBe(code);
    expect(error?.message).toMatch(/^.{10,400}$/s);
    expect(graph.leaks(response)).toEqual([]);
  });

  it('rejects a cursor of another country, order or field', async () => {
    const of = await cursors();
    const elsewhere: [string, string][] = [
      [of['belgium'] ?? '', list(`after: "${of['belgium'] ?? ''}"`)],
      [of['denmark'] ?? '', `{ belgium { administrations(after: "${of['denmark'] ?? ''}") { nodes { id } } } }`],
      [of['byPopulation'] ?? '', list(`after: "${of['byPopulation'] ?? ''}"`)],
      [of['denmark'] ?? '', list(`orderBy: { field: NAME, direction: DESC }, after: "${of['denmark'] ?? ''}"`)],
      [of['consortia'] ?? '', list(`after: "${of['consortia'] ?? ''}"`)],
      [of['members'] ?? '', list(`after: "${of['members'] ?? ''}"`)],
      [of['denmark'] ?? '', `{ denmark { consortia(after: "${of['denmark'] ?? ''}") { nodes { id } } } }`],
    ];
    for (const [cursor, query] of elsewhere) {
      expect(cursor).not.toBe('');
      const response = await graph.query(query);
      expect(response.errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
      expect(graph.leaks(response)).toEqual([]);
    }
    const { errors } = await graph.query(list(`after: "${of['denmark'] ?? ''}"`));
    expect(errors).toBeUndefined();
  });

  it('returns null and an error only at the path of a malformed code in a list', async () => {
    const { data, errors } = await graph.query(`{
      organisations(identifiers: [
        { scheme: "DK_KOMMUNE", notation: "0820" }, { scheme: "BE_KBO", notation: "0201105843" }
        { scheme: "IT_ISTAT", notation: "x" }, { scheme: "IT_ISTAT", notation: "062008" }
      ]) { id }
    }`);
    expect(data).toEqual({
      organisations: [
        { id: 'dk:administration:0820' },
        { id: 'be:administration:idea' },
        null,
        { id: 'it:administration:062008' },
      ],
    });
    expect(errors).toEqual([
      {
        message: expect.stringContaining('"X" is not a valid IT_ISTAT code') as string,
        path: ['organisations', 2],
        extensions: { code: 'INVALID_IDENTIFIER', service: 'italy', ids: ['IT_ISTAT:x'] },
      },
    ]);
  });
});

describe('without Europe', () => {
  beforeAll(() => graph.stopSubgraphs(['europe']));
  afterAll(() => graph.stopSubgraphs([]));

  it('each country still responds', async () => {
    const { data, errors } = await graph.query(`{
      denmark { country administration(identifier: { scheme: "DK_KOMMUNE", notation: "0820" }) { name memberships { consortium { id } } } }
      belgium { country organisation(id: "be:consortium:0841470248") { id } }
      italy { country administrations(search: "benevento", first: 1) { nodes { name } } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      denmark: {
        country: 'DK',
        administration: {
          name: 'Vesthimmerlands',
          memberships: [
            { consortium: { id: 'dk:consortium:41849983' } },
            { consortium: { id: 'dk:consortium:det-digitale-folkebibliotek' } },
          ],
        },
      },
      belgium: { country: 'BE', organisation: { id: 'be:consortium:0841470248' } },
      italy: { country: 'IT', administrations: { nodes: [{ name: 'Benevento' }] } },
    });
  });
});

describe('one mistake is reported once', () => {
  it.each([
    ['INVALID_LANGUAGE', '{ denmark { administrations(first: 3) { nodes { name(language: "zz_!!") } } } }'],
    ['INVALID_ARGUMENT', '{ catalogues { administrations(first: -1) { totalCount } } }'],
    ['INVALID_ARGUMENT', '{ italy { consortia { nodes { members(first: -1) { totalCount } } } } }'],
    ['INVALID_ARGUMENT', '{ belgium { administrations(filter: { nuts: "wallonia" }) { totalCount } } }'],
  ])('reports %s once for %s', async (code, query) => {
    const { errors } = await graph.query(query);
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code]);
  });

  it('names no country if all of them reject it', async () => {
    const { errors } = await graph.query('{ catalogues { administrations(first: -1) { totalCount } } }');
    expect(errors?.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      { path: ['catalogues', 0, 'administrations'], extensions: { code: 'INVALID_ARGUMENT' } },
    ]);
  });

  it('rejects a circular query that is too deep before it queries any subgraph', async () => {
    const circle = 'members { nodes { member { memberships { consortium { ';
    const query = `{ italy { consortia { nodes { ${circle.repeat(6)} id ${'} } } } } '.repeat(6)} } } } }`;
    const { status, errors, cost } = await graph.queryWithCost(query);
    expect([status, errors?.map(({ extensions }) => extensions?.['code'])]).toEqual([400, ['QUERY_TOO_DEEP']]);
    expect(new Set(Object.values(cost.requests))).toEqual(new Set([0]));
  });
});

describe('what a client names or leaves open means the same in the whole graph', () => {
  const danish = 'Danmarks katalog over delte offentlige it-løsninger';
  const sannio = { id: 'it:consortium:sannio-it' };

  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    [
      '{ catalogues(countries: ["DK"]) { title id: __typename ref: id __typename: title __proto__: country proto__: id } }',
      {},
      {
        catalogues: [
          JSON.parse(
            `{"title":"${danish}","id":"DanishCatalogue","ref":"dk:catalogue","__typename":"${danish}","__proto__":"DK","proto__":"dk:catalogue"}`,
          ),
        ],
      },
    ],
    [
      '{ organisation(id: "it:consortium:sannio-it") { id ref: __typename } }',
      {},
      { organisation: { ...sannio, ref: 'ItalianConsortium' } },
    ],
    [
      'query ($representations_0: ID!, $representations: ID!) { a: organisation(id: $representations_0) { id } b: organisation(id: $representations) { id } }',
      { representations_0: 'it:consortium:sannio-it', representations: 'it:consortium:nobody', undeclared: 1 },
      { a: sannio, b: null },
    ],
    [
      'query ($w: Boolean!) { organisation(id: "dk:administration:9999") { name @include(if: $w) __typename } }',
      { w: false },
      { organisation: null },
    ],
    ['{ __type(name: "IdentifierInput") { isOneOf } }', {}, { __type: { isOneOf: false } }],
  ])('%s', async (query, variables, expected) => {
    // The gateway executes a known operation in another way.
    for (let turn = 0; turn < 2; turn += 1) {
      const { data, errors } = await graph.query(query, variables);
      expect({ data, errors }).toEqual({ data: expected, errors: undefined });
    }
  });

  it.each([
    ['query ($i: ID = "dk:administration:0820") { organisation(id: $i) { id } }', { i: null }],
    ['query ($x: Boolean = true) { denmark @include(if: $x) { title } }', { x: null }],
    ['query ($x: String = "Query") { __type(name: $x) { name } }', { x: null }],
  ])('null for a variable with a default is rejected: %s', async (query, variables) => {
    const response = await graph.query(query, variables);
    expect(response.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
    expect(graph.leaks(response)).toEqual([]);
  });
});
