import { createSubgraphSource, type SubgraphSource } from './subgraph-source.js';
import { silentLogger } from '../services/kit/log.js';
import {
  answer,
  closedUrl,
  type FakeGraph,
  type FakeSubgraph,
  type Reply,
  startFakeGraph,
  startFakeSubgraph,
} from './testing.js';

const createSource = (url: string, timeoutMs = 10_000): SubgraphSource =>
  createSubgraphSource({
    name: 'denmark',
    url,
    timeoutMs,
    owns: (typename) => typename.startsWith('Danish'),
    logger: silentLogger,
  });

/** An error as it travels through @apollo/gateway. */
const travelling = (code: string, truePath: readonly unknown[]) => ({
  message: expect.stringMatching(/^The service "denmark" (cannot|did not|could not|sent no)/) as string,
  extensions: { code, service: 'denmark', truePath },
});

let fake: FakeSubgraph;
let source: SubgraphSource;
beforeAll(async () => {
  fake = await startFakeSubgraph();
  source = createSource(fake.url);
});
afterEach(() => {
  fake.asked.splice(0);
});
afterAll(async () => {
  await source.close();
  await fake.stop();
});

/** Asks as @apollo/gateway does. */
const ask = (query: string, path: readonly string[] = [], variables: Record<string, unknown> = {}, asked = source) =>
  asked.process({
    kind: 'incoming operation',
    request: { query, variables },
    pathInIncomingRequest: path,
    context: {},
  } as never);

const entitiesQuery =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on DanishAdministration { id } } }';
const representations = ['a', 'b'].map((ref) => ({ __typename: 'DanishAdministration', ref }));
const absent = { __typename: '__Absent' };

describe('a question to a subgraph', () => {
  it('is sent as it is, and so is the answer', async () => {
    const data = { denmark: { id: 'dk:catalogue' } };
    fake.willReply(answer({ data, extensions: { tracing: 'of the subgraph' } }));
    expect(await ask('query ($a: Int) { denmark { id } }', [], { a: 1 })).toEqual({ data });
    expect(fake.asked).toEqual([{ query: 'query ($a: Int) { denmark { id } }', variables: { a: 1 } }]);
  });

  it('takes null for an answer, an answer beside errors, and any status with GraphQL in it', async () => {
    fake.willReply(answer({ data: { denmark: null }, errors: null }));
    expect(await ask('{ denmark { id } }')).toEqual({ data: { denmark: null } });
    fake.willReply(
      answer(
        {
          data: { denmark: { id: 'x', title: null } },
          errors: [{ message: 'no', path: ['denmark', 'title'], extensions: { code: 'NO' } }],
        },
        500,
      ),
    );
    expect(await ask('{ denmark { id title } }')).toEqual({
      data: { denmark: { id: 'x', title: null } },
      errors: [{ message: 'no', extensions: { code: 'NO', service: 'denmark', truePath: ['denmark', 'title'] } }],
    });
  });
});

describe('a subgraph without an answer', () => {
  const hangs: Reply = () => undefined;
  const hangsUp: Reply = (response) => response.destroy();
  const stopsHalfway: Reply = (response) => {
    response.setHeader('content-type', 'application/json');
    response.write('{"data":');
  };
  const breaksOffHalfway: Reply = (response, asked) => {
    stopsHalfway(response, asked);
    setTimeout(() => response.destroy(), 20);
  };
  const html = '<html><body>502 at 10.0.0.1 <pre>Error: at stack</pre></body></html>';
  const good = { data: { denmark: { id: 'dk:catalogue' } } };

  const replies: readonly [string, Reply, string][] = [
    ['hangs up', hangsUp, 'SUBGRAPH_UNAVAILABLE'],
    ['breaks off halfway', breaksOffHalfway, 'SUBGRAPH_UNAVAILABLE'],
    ['is behind a proxy that has lost it (502)', answer(html, 502, 'text/html'), 'SUBGRAPH_UNAVAILABLE'],
    ['is overloaded (503)', answer({ status: 'unavailable' }, 503), 'SUBGRAPH_UNAVAILABLE'],
    ['is too slow for its proxy (504)', answer(html, 504, 'text/html'), 'SUBGRAPH_UNAVAILABLE'],
    ['sends JSON that is cut', answer('{"data":{"denmark":{'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends nothing', answer(''), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends HTML', answer(html, 200, 'text/html'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends HTML as JSON', answer(html), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends its page of faults', answer(html, 500, 'text/html'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends us elsewhere', answer('', 302, 'text/html'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends JSON as plain text', answer(good, 200, 'text/plain'), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends JSON as nothing', answer(good, 200, null), 'SUBGRAPH_BAD_RESPONSE'],
    ['sends too much', answer(`{"data":{"denmark":"${'x'.repeat(21 * 1024 * 1024)}"}}`), 'SUBGRAPH_BAD_RESPONSE'],
    ...[
      'null',
      '[]',
      '"text"',
      '1',
      '{}',
      '{"data":null}',
      '{"data":{}}',
      '{"data":[]}',
      '{"data":"text"}',
      '{"error":"no"}',
    ].map((body): [string, Reply, string] => [`sends ${body}`, answer(body), 'SUBGRAPH_BAD_RESPONSE']),
    ...['{}', '"text"', '[null]', '["text"]', '[{}]', '[{"message":1}]', '[[]]'].map(
      (errors): [string, Reply, string] => [
        `sends errors of the form ${errors}`,
        answer(`{"data":{"denmark":null},"errors":${errors}}`),
        'SUBGRAPH_BAD_RESPONSE',
      ],
    ),
  ];

  it.each(replies)('%s', async (_name, reply, code) => {
    fake.willReply(reply);
    const result = await ask('{ denmark { id } other: denmark { title } }');
    expect(result).toEqual({ data: null, errors: [travelling(code, ['denmark']), travelling(code, ['other'])] });
    expect(JSON.stringify(result)).not.toMatch(/10\.0\.0\.1|127\.0\.0\.1|stack|html/);
  });

  it.each([
    ['does not answer', hangs],
    ['does not end its answer', stopsHalfway],
  ])('%s', async (_name, reply) => {
    const impatient = createSource(fake.url, 100);
    fake.willReply(reply);
    expect(await ask('{ denmark { id } }', [], {}, impatient)).toEqual({
      data: null,
      errors: [travelling('SUBGRAPH_TIMEOUT', ['denmark'])],
    });
    await impatient.close();
  });

  it('is not there at all', async () => {
    const nobody = createSource(await closedUrl());
    expect(await ask('{ denmark { id } }', [], {}, nobody)).toEqual({
      data: null,
      errors: [travelling('SUBGRAPH_UNAVAILABLE', ['denmark'])],
    });
    await nobody.close();
  });

  it.each([
    ['no list', { data: { _entities: {} } }],
    ['nothing', { data: { _entities: null } }],
    ['too few', { data: { _entities: [null] } }],
    ['too many', { data: { _entities: [null, null, null] } }],
    ['numbers', { data: { _entities: [1, 2] } }],
    ['lists', { data: { _entities: [[], []] } }],
    ['something else', { data: { denmark: { id: 'x' } } }],
  ])('sends %s for the bodies it was asked for', async (_name, body) => {
    fake.willReply(answer(body));
    expect(await ask(entitiesQuery, ['organisations', '@'], { representations })).toEqual({
      data: { _entities: [absent, absent] },
      errors: [travelling('SUBGRAPH_BAD_RESPONSE', ['organisations'])],
    });
  });

  it('leaves whoever still waits when the gateway stops without an answer', async () => {
    fake.willReply(hangs);
    const stopping = createSource(fake.url);
    const waiting = ask('{ denmark { id } }', [], {}, stopping);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await stopping.close();
    expect(await waiting).toMatchObject({ errors: [travelling('SUBGRAPH_UNAVAILABLE', ['denmark'])] });
  });
});

describe('an error that a subgraph reports', () => {
  const report = async (error: object, path: readonly string[] = [], data: unknown = null) => {
    fake.willReply(answer({ data, errors: [{ message: 'at 10.0.0.1', ...error }] }));
    const variables = path.length > 0 ? { representations } : {};
    const { errors } = await ask(
      path.length > 0 ? entitiesQuery : '{ denmark { id } other: denmark { id } }',
      path,
      variables,
    );
    return errors;
  };
  const code = { extensions: { code: 'INVALID_ID' } };
  const told = (truePath: readonly unknown[]) => ({
    message: 'at 10.0.0.1',
    extensions: { code: 'INVALID_ID', service: 'denmark', truePath },
  });

  it('keeps its message, code and place, and nothing else', async () => {
    const extensions = {
      code: 'INVALID_ID',
      stacktrace: ['at secret.ts:1'],
      exception: { host: 'db' },
      truePath: ['x'],
    };
    const errors = await report({ path: ['denmark', 'organisation'], locations: [{ line: 1, column: 1 }], extensions });
    expect(errors).toEqual([told(['denmark', 'organisation'])]);
  });

  it.each([
    [undefined],
    [{}],
    [null],
    ['text'],
    [{ code: 1 }],
    [{ code: 'INTERNAL_SERVER_ERROR', stacktrace: ['Error: at 10.0.0.1'] }],
    [{ code: 'GRAPHQL_VALIDATION_FAILED' }],
    [{ code: 'BAD_REQUEST' }],
  ])('with extensions %j is none for clients: they learn who failed', async (extensions) => {
    expect(await report({ path: ['denmark'], extensions })).toEqual([travelling('SUBGRAPH_ERROR', ['denmark'])]);
  });

  it.each([[undefined], [null], [[]], ['denmark'], [{}], [[{}]], [['denmark', null]], [7]])(
    'with path %j is told at each field that was asked for',
    async (path) => {
      expect(await report({ ...code, path })).toEqual([told(['denmark']), told(['other'])]);
    },
  );

  it.each([
    [['organisation'], ['_entities', 0, 'name'], ['organisation', 'name']],
    [['organisation'], ['_entities', 0], ['organisation']],
    [['organisation'], ['_entities'], ['organisation']],
    [['organisation'], undefined, ['organisation']],
    [
      ['a', 'b'],
      ['_entities', 1, 'members', 'nodes', 3],
      ['a', 'b', 'members', 'nodes', 3],
    ],
    [['organisations', '@'], ['_entities', 1, 'name'], ['organisations']],
    [['catalogues', '@', 'consortia', '@'], ['_entities', 1], ['catalogues']],
    [['organisations', '@'], undefined, ['organisations']],
  ])('about what belongs at %j with path %j is told at %j', async (asked, path, place) => {
    expect(await report({ ...code, path }, asked)).toEqual([told(place)]);
  });
});

describe('a body that its owner does not know', () => {
  const found = async (typename: string, entities: unknown) => {
    fake.willReply(answer({ data: { _entities: entities } }));
    const { data } = await ask(entitiesQuery, ['organisations', '@'], {
      representations: representations.map((representation) => ({ ...representation, __typename: typename })),
    });
    return data?.['_entities'] as unknown;
  };

  it('is marked as absent', async () => {
    expect(await found('DanishAdministration', [{ id: 'a' }, null])).toEqual([{ id: 'a' }, absent]);
  });

  it('is not, when the body is not its own', async () => {
    expect(await found('Solution', [{ id: 'a' }, null])).toEqual([{ id: 'a' }, null]);
  });
});

describe('what the client sees', () => {
  let graph: FakeGraph;
  beforeAll(async () => {
    graph = await startFakeGraph();
  });
  afterAll(() => graph.stop());

  const stubs = [
    { __typename: 'DanishAdministration', ref: 'DK_KOMMUNE:0820' },
    { __typename: 'BelgianAdministration', ref: 'BE_NIS:25110' },
    { __typename: 'ItalianAdministration', ref: 'IT_ISTAT:1' },
    { __typename: 'ItalianAdministration', ref: 'IT_ISTAT:062008' },
  ];
  const knows = (...ids: (string | null)[]): Reply => {
    const entities = ids.map((id) => (id === null ? null : { id, homepage: null }));
    return answer({ data: { _entities: entities } });
  };
  const refuses: Reply = answer({
    data: { _entities: [null, { id: 'it:1', homepage: null }] },
    errors: [
      { message: 'wrong code', path: ['_entities', 0], extensions: { code: 'INVALID_IDENTIFIER', stacktrace: ['x'] } },
    ],
  });
  beforeEach(() => {
    const { europe, denmark, belgium, italy } = graph.subgraphs;
    europe?.willReply(answer({ data: { organisations: stubs, all: stubs } }));
    denmark?.willReply(knows('dk:1'));
    belgium?.willReply(knows('be:1'));
    italy?.willReply(knows('it:0', 'it:1'));
  });
  const query = '{ organisations(ids: []) { id homepage } }';
  const [dk, be, it0, it1] = ['dk:1', 'be:1', 'it:0', 'it:1'].map((id) => ({ id, homepage: null }));

  it('is everything in the order asked when all is well', async () => {
    expect(await graph.ask(query)).toEqual({ data: { organisations: [dk, be, it0, it1] } });
  });

  it('is an error of the third country at the list, and not at the first country', async () => {
    graph.subgraphs['italy']?.willReply(refuses);
    expect(await graph.ask(query)).toEqual({
      data: { organisations: [dk, be, null, it1] },
      errors: [
        {
          message: 'wrong code',
          path: ['organisations'],
          extensions: { code: 'INVALID_IDENTIFIER', service: 'italy' },
        },
      ],
    });
  });

  it('is an error under the name that the client gave the field', async () => {
    graph.subgraphs['italy']?.willReply(refuses);
    const { errors } = await graph.ask('{ all: organisations(ids: []) { id } }');
    expect(errors).toMatchObject([{ path: ['all'] }]);
  });

  it('is one error where many bodies of a list fail alike', async () => {
    const fault = { message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    graph.subgraphs['italy']?.willReply(
      answer({
        data: { _entities: [null, null] },
        errors: [
          { ...fault, path: ['_entities', 0] },
          { ...fault, path: ['_entities', 1] },
        ],
      }),
    );
    expect(await graph.ask(query)).toEqual({
      data: { organisations: [dk, be, null, null] },
      errors: [
        {
          message: 'The service "italy" could not answer this. What it owns is missing here.',
          path: ['organisations'],
          extensions: { code: 'SUBGRAPH_ERROR', service: 'italy' },
        },
      ],
    });
  });

  it('is no ghost of a body that does not exist, whatever is asked of it', async () => {
    graph.subgraphs['denmark']?.willReply(knows(null));
    for (const fields of [
      'id',
      'homepage',
      'homepage memberships { role }',
      '... on DanishAdministration { cvr }',
      '__typename homepage',
    ]) {
      const { data, ...rest } = await graph.ask(`{ organisations(ids: []) { ${fields} } }`);
      expect((data as { organisations: unknown[] }).organisations[0]).toBeNull();
      expect(rest).toEqual({});
    }
  });

  it('is no ghost of a body whose country is down either', async () => {
    graph.subgraphs['denmark']?.willReply(answer('', 503));
    expect(await graph.ask('{ organisations(ids: []) { homepage } }')).toEqual({
      data: { organisations: [null, ...[be, it0, it1].map(() => ({ homepage: null }))] },
      errors: [
        {
          message: 'The service "denmark" cannot be reached. What it owns is missing here.',
          path: ['organisations'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'denmark' },
        },
      ],
    });
  });

  it('is the name of each field that Europe was to fill, when Europe hangs', async () => {
    const impatient = await startFakeGraph(100);
    impatient.subgraphs['europe']?.willReply(() => undefined);
    const { data, errors } = await impatient.ask(`query ($no: Boolean = false) {
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

  it('has nothing that @apollo/gateway says of its own accord', async () => {
    graph.subgraphs['denmark']?.willReply(answer({ data: { _entities: [{ id: null }] } }));
    expect(await graph.ask(query)).toEqual({ data: { organisations: [null, be, it0, it1] } });
    const response = await fetch(`${graph.origin}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-query-plan-experimental': 'true' },
    });
    expect(Object.keys((await response.json()) as object)).toEqual(['data']);
  });
});
