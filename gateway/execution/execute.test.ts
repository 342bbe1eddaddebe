import { respond, type FakeGraph, type Respond, startFakeGraph } from '../testing/fake-graph.js';

describe('the response to a client', () => {
  let graph: FakeGraph;
  beforeAll(async () => {
    graph = await startFakeGraph();
  });
  afterAll(() => graph.stop());

  const [dkId, beId, ...itIds] = ['dk', 'be', 'it', 'it'].map((code, index) => `${code}:administration:${index}`);
  const stubs = [
    { __typename: 'DanishAdministration', ref: 'DK_KOMMUNE:0820' },
    { __typename: 'BelgianAdministration', ref: 'BE_NIS:25110' },
    { __typename: 'ItalianAdministration', ref: 'IT_ISTAT:1' },
    { __typename: 'ItalianAdministration', ref: 'IT_ISTAT:062008' },
  ];
  /** A country that knows these ids. It returns more fields than most queries select. */
  const knows =
    (...ids: (string | null)[]): Respond =>
    (response, query) => {
      const representations = query.variables['representations'] as readonly { readonly __typename: string }[];
      const entities = ids.map((id, index) => {
        const { __typename } = representations[index] ?? {};
        return id === null ? null : { __typename, id, homepage: null, memberships: [], cvr: null };
      });
      respond({ data: { _entities: entities } })(response, query);
    };
  const rejects: Respond = respond({
    data: { _entities: [null, { id: itIds[1], homepage: null }] },
    errors: [
      { message: 'wrong code', path: ['_entities', 0], extensions: { code: 'INVALID_IDENTIFIER', stacktrace: ['x'] } },
    ],
  });
  beforeEach(() => {
    const { europe, denmark, belgium, italy } = graph.subgraphs;
    europe?.respondWith(respond({ data: { organisations: stubs, all: stubs } }));
    denmark?.respondWith(knows(dkId ?? null));
    belgium?.respondWith(knows(beId ?? null));
    italy?.respondWith(knows(...itIds));
  });
  const query = '{ organisations(ids: []) { id homepage } }';
  const [dk, be, it0, it1] = [dkId, beId, ...itIds].map((id) => ({ id, homepage: null }));

  it('contains all fields in the selected order', async () => {
    expect(await graph.query(query)).toEqual({ data: { organisations: [dk, be, it0, it1] } });
  });

  it('has an error at the exact path, with the key of the missing object', async () => {
    graph.subgraphs['italy']?.respondWith(rejects);
    expect(await graph.query(query)).toEqual({
      data: { organisations: [dk, be, null, it1] },
      errors: [
        {
          message: 'wrong code',
          path: ['organisations', 2],
          extensions: { code: 'INVALID_IDENTIFIER', service: 'italy', ids: ['IT_ISTAT:1'] },
        },
      ],
    });
  });

  it('has an error at the alias of a field', async () => {
    graph.subgraphs['italy']?.respondWith(rejects);
    const { errors } = await graph.query('{ all: organisations(ids: []) { id } }');
    expect(errors).toMatchObject([{ path: ['all', 2] }]);
  });

  it('has one error for each organisation that fails, without duplicates', async () => {
    const fault = { message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    const expectedError = (index: number, id: string) => ({
      message: 'The service "italy" failed to resolve this. Its data is missing here.',
      path: ['organisations', index],
      extensions: { code: 'SUBGRAPH_ERROR', service: 'italy', ids: [id] },
    });
    graph.subgraphs['italy']?.respondWith(
      respond({
        data: { _entities: [null, null] },
        errors: [
          { ...fault, path: ['_entities', 0] },
          { ...fault, path: ['_entities', 0] },
          { ...fault, path: ['_entities', 1] },
        ],
      }),
    );
    expect(await graph.query(query)).toEqual({
      data: { organisations: [dk, be, null, null] },
      errors: [expectedError(2, 'IT_ISTAT:1'), expectedError(3, 'IT_ISTAT:062008')],
    });
  });

  it('summarises errors by ids if very many organisations are missing', async () => {
    const many = Array.from({ length: 150 }, (_each, index) => ({
      __typename: 'ItalianAdministration',
      ref: `it:${index}`,
    }));
    graph.subgraphs['europe']?.respondWith(respond({ data: { organisations: many } }));
    graph.subgraphs['italy']?.respondWith(respond('', 503));
    const { errors = [] } = await graph.query(query);
    expect(errors).toHaveLength(101);
    expect(errors[7]).toMatchObject({ path: ['organisations', 7], extensions: { ids: ['it:7'] } });
    expect(errors[100]).toMatchObject({
      path: ['organisations'],
      extensions: { ids: many.slice(100).map(({ ref }) => ref) },
    });
  });

  it('has the data of an organisation at each location after one fetch', async () => {
    graph.subgraphs['europe']?.respondWith(respond({ data: { organisations: [...stubs, ...stubs] } }));
    expect(await graph.query(query)).toEqual({ data: { organisations: [dk, be, it0, it1, dk, be, it0, it1] } });
    expect(graph.subgraphs['italy']?.requests.at(-1)?.variables['representations']).toHaveLength(2);
  });

  it('contains no ghost of an organisation that does not exist, whatever is selected', async () => {
    graph.subgraphs['denmark']?.respondWith(knows(null));
    for (const fields of [
      'id',
      'homepage',
      'homepage memberships { role }',
      '... on DanishAdministration { cvr }',
      '__typename homepage',
      '__typename',
      'homepage @skip(if: true) __typename',
      '... @skip(if: true) { homepage }',
    ]) {
      const { data, ...rest } = await graph.query(`{ organisations(ids: []) { ${fields} } }`);
      expect((data as { organisations: unknown[] }).organisations[0]).toBeNull();
      expect(rest).toEqual({});
    }
  });

  it('contains no ghost of an organisation whose country is down', async () => {
    graph.subgraphs['denmark']?.respondWith(respond('', 503));
    expect(await graph.query('{ organisations(ids: []) { homepage } }')).toEqual({
      data: { organisations: [null, ...[be, it0, it1].map(() => ({ homepage: null }))] },
      errors: [
        {
          message: 'The service "denmark" cannot be reached. Its data is missing here.',
          path: ['organisations', 0],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'denmark', ids: ['DK_KOMMUNE:0820'] },
        },
      ],
    });
  });

  it('has an error for each field of Europe when Europe hangs', async () => {
    const impatient = await startFakeGraph(100);
    impatient.subgraphs['europe']?.respondWith(() => undefined);
    const { data, errors } = await impatient.query(`query ($no: Boolean = false) {
      a: organisations(ids: []) { id } b: catalogues { id } c: catalogues @include(if: $no) { id }
    }`);
    expect(data).toEqual({ a: null, b: null });
    expect(errors).toMatchObject([
      { path: ['a'], extensions: { code: 'SUBGRAPH_TIMEOUT', service: 'europe' } },
      { path: ['b'], extensions: { code: 'SUBGRAPH_TIMEOUT', service: 'europe' } },
    ]);
    expect(errors).toHaveLength(2);
    await impatient.stop();
  });

  it('has an error where a value does not match the schema, and keeps the rest', async () => {
    graph.subgraphs['denmark']?.respondWith(respond({ data: { _entities: [{ id: { no: 'text' }, homepage: null }] } }));
    expect(await graph.query(query)).toEqual({
      data: { organisations: [null, be, it0, it1] },
      errors: [
        {
          message: 'The service "denmark" returned an invalid value; allowed is the id of an administration of DK.',
          path: ['organisations', 0, 'id'],
          extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'denmark', ids: ['DK_KOMMUNE:0820'] },
        },
      ],
    });
  });

  it('has the names of the client, also those of fields that the gateway adds, and so have its errors', async () => {
    graph.subgraphs['denmark']?.respondWith((response, body) => {
      const { representations } = body.variables;
      expect(representations).toEqual([{ __typename: 'DanishAdministration', ref: 'DK_KOMMUNE:0820' }]);
      const entity = { ref_alias: dkId, __typename_alias: 7, homepage: null };
      respond({ data: { _entities: [entity] } })(response, body);
    });
    const fields = 'id: __typename ref: id __typename: homepage';
    graph.subgraphs['europe']?.respondWith(
      respond({ data: { catalogues_alias: [{ ...stubs[0], id_alias: 'DanishAdministration' }] } }),
    );
    expect(await graph.query(`{ catalogues: organisations(ids: []) { ${fields} homepage } }`)).toEqual({
      data: { catalogues: [{ id: 'DanishAdministration', ref: dkId, __typename: null, homepage: null }] },
      errors: [
        expect.objectContaining({ path: ['catalogues', 0, '__typename'], message: expect.any(String) as string }),
      ],
    });
  });

  it('is correct for a variable with a name that the gateway reserves', async () => {
    const { errors } = await graph.query(
      'query ($representations: [ID!]) { organisations(ids: $representations) { id } }',
      {
        representations: ['it:1'],
      },
    );
    expect(errors).toBeUndefined();
    expect(JSON.stringify(graph.subgraphs['europe']?.requests.at(-1)?.variables)).toContain('["it:1"]');
  });

  it('names an invalid variable, and no subgraph is requested', async () => {
    const before = graph.subgraphs['europe']?.requests.length;
    const { data, errors } = await graph.query('query ($ids: [ID!]) { organisations(ids: $ids) { id } }', {
      ids: [{}],
    });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(graph.subgraphs['europe']?.requests.length).toBe(before);
  });
});
