import { type FakeGraph, respond, startFakeGraph } from '../testing/fake-graph.js';

/** The response of the gateway over HTTP. */
interface GatewayResponse {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly path: unknown; readonly extensions: unknown }[];
  readonly extensions: { readonly catalogues: unknown };
}

describe('a country that lies', () => {
  let graph: FakeGraph;
  beforeAll(async () => {
    graph = await startFakeGraph();
  });
  afterAll(() => graph.stop());
  beforeEach(() => {
    graph.subgraphs['denmark']?.respondWith(respond({ data: { denmark: { title: 'Danmark' } } }));
  });

  const execute = async (query: string) => {
    const response = await fetch(`${graph.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { headers: response.headers, body: (await response.json()) as GatewayResponse };
  };
  const states = (belgium: string) => ({
    catalogues: [
      { country: 'DK', state: 'OK' },
      { country: 'BE', state: belgium },
    ],
  });

  it('cannot write the data of another country', async () => {
    const lie = { __typename: 'DanishCatalogue', id: 'dk:catalogue', title: 'A lie', languages: ['xx'] };
    graph.subgraphs['belgium']?.respondWith((response, query) => {
      setTimeout(() => {
        respond({ data: { denmark: lie, belgium: { title: 'België', denmark: lie } } })(response, query);
      }, 50);
    });
    const { body } = await execute('{ denmark { title } belgium { title } }');
    expect(body).toEqual({
      data: { denmark: { title: 'Danmark' }, belgium: { title: 'België' } },
      extensions: states('OK'),
    });
  });

  it('cannot write data of another country that is down', async () => {
    graph.subgraphs['denmark']?.respondWith(respond('', 503));
    graph.subgraphs['belgium']?.respondWith(
      respond({ data: { denmark: { title: 'A lie' }, belgium: { title: 'België' } } }),
    );
    const { body } = await execute('{ denmark { title } belgium { title } }');
    expect(body.data).toEqual({ denmark: null, belgium: { title: 'België' } });
    expect(body.errors).toMatchObject([{ path: ['denmark'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  it('cannot write the data of the index into an object that the index completes', async () => {
    const solution = { __typename: 'Solution', address: 'github.com/a/b', name: 'A lie', licence: 'MIT' };
    graph.subgraphs['belgium']?.respondWith(respond({ data: { belgium: { record: { name: 'x', solution } } } }));
    graph.subgraphs['europe']?.respondWith(respond({ data: { _entities: [{ name: 'b' }] }, errors: [] }));
    const { body } = await execute('{ belgium { record(id: "be:record:b") { name solution { name address } } } }');
    expect(body.data).toEqual({
      belgium: { record: { name: 'x', solution: { name: 'b', address: 'github.com/a/b' } } },
    });
  });

  it.each([
    ['homepage', 'javascript:alert(1)', 'an http or https address'],
    ['name', 'Gent\u202e', 'without control characters, invisible characters'],
    ['id', 'dk:administration:0820', 'the id of an administration of BE'],
    ['nuts', '../..', 'a NUTS code'],
    ['kind', 'KINGDOM', 'MUNICIPALITY, PROVINCE'],
    ['population { count }', { count: 1e308 }, 'an integer from 0 to 2147483647'],
  ])(
    'gets null for an invalid value of %s, with one error, and its response is not cached',
    async (field, value, allowed) => {
      const [name = ''] = field.split(' ');
      const valid = { __typename: 'BelgianAdministration', ref: 'BE_NIS:1', lau: '1' };
      graph.subgraphs['belgium']?.respondWith(
        respond({ data: { belgium: { administration: { ...valid, [name]: value } } } }, 200),
      );
      const { body, headers } = await execute(`{
      denmark { title }
      belgium { administration(identifier: { scheme: "BE_NIS", notation: "1" }) { lau ${field} } }
    }`);
      expect(body.errors).toHaveLength(1);
      expect(body.errors?.[0]).toMatchObject({
        message: expect.stringContaining(`The service "belgium" returned an invalid value; allowed is`) as string,
        extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'belgium' },
      });
      expect(body.errors?.[0]?.message).toContain(allowed);
      expect((body.errors?.[0]?.path as unknown[]).slice(0, 3)).toEqual(['belgium', 'administration', name]);
      expect(body.extensions).toEqual(states('ERROR'));
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('gets null for an organisation that is not the requested one', async () => {
    const stub = { __typename: 'BelgianAdministration', ref: 'be:administration:25110' };
    graph.subgraphs['europe']?.respondWith(respond({ data: { organisation: stub } }));
    graph.subgraphs['belgium']?.respondWith(
      respond({ data: { _entities: [{ id: 'be:administration:9', name: 'Aby' }] } }),
    );
    const { body } = await execute('{ organisation(id: "be:administration:25110") { id name } }');
    expect(body).toMatchObject({
      data: { organisation: null },
      errors: [
        {
          message: 'The service "belgium" returned another object than the requested one.',
          path: ['organisation'],
          extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service: 'belgium', ids: ['be:administration:25110'] },
        },
      ],
    });
  });

  it('cannot report errors in the fields of another country, in its own words or without end', async () => {
    const error = {
      message: `Denmark\u202e is closed\nat query (/srv/app/secret.js:1:2) `,
      path: ['denmark', 'title'],
      extensions: { code: 'INVALID_ID', stacktrace: ['at 10.0.0.1'], service: 'denmark' },
    };
    graph.subgraphs['belgium']?.respondWith(respond({ data: { belgium: null }, errors: Array(10_000).fill(error) }));
    const { body } = await execute('{ denmark { title } belgium { title } }');
    expect(body.data).toEqual({ denmark: { title: 'Danmark' }, belgium: null });
    expect(body.errors).toEqual([
      { message: 'Denmark is closed', path: ['belgium'], extensions: { code: 'INVALID_ID', service: 'belgium' } },
      {
        message: 'The service "belgium" reported 9900 more errors.',
        path: ['belgium'],
        extensions: { code: 'SUBGRAPH_ERROR', service: 'belgium' },
      },
    ]);
  });

  it('cannot set headers or extensions of the response', async () => {
    graph.subgraphs['belgium']?.respondWith((response, query) => {
      response.setHeader('cache-control', 'public, max-age=31536000');
      response.setHeader('set-cookie', 'a=b');
      const extensions = { catalogues: [], contractVersion: '9.9' };
      respond({ data: { belgium: { title: 'België' } }, extensions })(response, query);
    });
    const { body, headers } = await execute('{ denmark { title } belgium { title } }');
    expect(body.extensions).toEqual(states('OK'));
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('cache-control')).toBe('public, max-age=5');
  });
});
