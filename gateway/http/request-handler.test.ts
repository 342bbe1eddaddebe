import { createResponseCache, type ResponseCache } from '../cache/response-cache.js';
import { gate, startTestHandler, type TestHandler, until } from '../testing/test-handler.js';

/** The state of Denmark. */
const world = { version: '1', isCurrent: true, isDown: false };
const versions = {
  current: () => new Map([['denmark', world.version]]),
  isDown: () => world.isDown,
  areUnchanged: (states: ReadonlyMap<string, string>) =>
    world.isCurrent && [...states.values()].every((version) => version === world.version),
};
const query = '{ denmark { title } }';
const search = `?query=${encodeURIComponent(query)}`;

/** How many requests have come in. */
let entered: number;
/** Counts the requests that are looked up in the cache. */
function countRequests(responses: ResponseCache): ResponseCache {
  const get: ResponseCache['get'] = (key, bytes) => {
    entered += 1;
    return responses.get(key, bytes);
  };
  return { ...responses, get };
}

let handler: TestHandler;
beforeEach(async () => {
  Object.assign(world, { version: '1', isCurrent: true, isDown: false });
  entered = 0;
  const responses = createResponseCache({ megabytes: 1, staleIfErrorSeconds: 60, versions });
  handler = await startTestHandler({ cache: { responses: countRequests(responses), versions } });
});
afterEach(() => handler.stop());

const title = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { data: { denmark: { title: string } | null } }).data.denmark?.title;

describe('a complete response', () => {
  it('is served from the cache, for POST and GET, and however the request is written', async () => {
    const first = await (await handler.post({ query })).text();
    const again = [
      await handler.post({ query }),
      await handler.post({ query }),
      await handler.post(`{ "variables": null, "query": ${JSON.stringify(query)} }`),
      await handler.get(search),
      await handler.get(search),
    ];
    for (const response of again) expect(await response.text()).toBe(first);
    expect(handler.denmark.contexts).toHaveLength(1);
  });

  it('is cached separately for each query, variables, operation and `Accept` header', async () => {
    const twoOperations = 'query A($id: ID) { denmark(id: $id) { title } } query B { denmark { title } }';
    const others: readonly [unknown, Record<string, string>][] = [
      [{ query }, {}],
      [{ query: `${query} ` }, {}],
      [{ query, extensions: {} }, { accept: 'application/graphql-response+json' }],
      [{ query: twoOperations, operationName: 'A' }, {}],
      [{ query: twoOperations, operationName: 'A', variables: { id: 'x' } }, {}],
      [{ query: twoOperations, operationName: 'B' }, {}],
    ];
    for (const [body, headers] of others) await handler.post(body, headers);
    expect(handler.denmark.contexts).toHaveLength(others.length);
    for (const [body, headers] of others) await handler.post(body, headers);
    expect(handler.denmark.contexts).toHaveLength(others.length);
  });

  it('is not served from the cache after its country has changed', async () => {
    expect(await title(await handler.post({ query }))).toBe('Denmark 1');
    world.version = '2';
    expect(await title(await handler.post({ query }))).toBe('Denmark 2');
    expect(await title(await handler.post({ query }))).toBe('Denmark 2');
  });

  it('is not cached as fresh if its country changed during the execution', async () => {
    const held = gate();
    handler.denmark.gate = held.opened;
    const first = handler.post({ query });
    await until(() => handler.denmark.contexts.length === 1);
    world.version = '2';
    held.open();
    expect(await title(await first)).toBe('Denmark 1');
    expect(await title(await handler.post({ query }))).toBe('Denmark 2');
  });

  it('has Cache-Control and an ETag, by which it need not be sent again', async () => {
    const first = await handler.get(search);
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    const etag = first.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await handler.get(search, { 'if-none-match': known });
      expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', etag]);
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      expect(response.headers.get('vary')).toBe('accept, accept-encoding');
    }
    expect((await handler.get(search, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await handler.post({ query }, { 'if-none-match': etag })).status).toBe(200);
    const posted = await handler.post({ query });
    expect([posted.headers.get('etag'), posted.headers.get('cache-control')?.slice(0, 14)]).toEqual([
      null,
      'public, max-ag',
    ]);
  });
});

it('a response is not stored if its request declines that', async () => {
  const once = { 'cache-control': 'max-age=0, no-store' };
  expect(await title(await handler.post({ query }, once))).toBe('Denmark 1');
  expect(await title(await handler.post({ query }))).toBe('Denmark 2');
});

describe('an incomplete response', () => {
  it.each(['UNAVAILABLE', 'ERROR'] as const)('is not cached: %s', async (state) => {
    handler.denmark.state = state;
    const response = await handler.get(search);
    expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual(['no-store', null]);
    await handler.get(search);
    expect(handler.denmark.contexts).toHaveLength(2);
  });

  it('is replaced by an older complete one, marked STALE, until the country responds', async () => {
    expect(await title(await handler.post({ query }))).toBe('Denmark 1');
    Object.assign(world, { isCurrent: false });
    handler.denmark.state = 'UNAVAILABLE';
    const stale = await handler.get(search, { 'if-none-match': '*' });
    expect(stale.status).toBe(200);
    expect(stale.headers.get('cache-control')).toBe('no-store');
    expect(await stale.json()).toEqual({
      data: { denmark: { title: 'Denmark 1' } },
      extensions: { catalogues: [{ country: 'DK', state: 'STALE' }] },
    });
    handler.denmark.state = 'OK';
    expect(await title(await handler.post({ query }))).toBe('Denmark 3');
  });

  it('is not requested again for a moment when the country responds with an error', async () => {
    await handler.post({ query });
    Object.assign(world, { isCurrent: false });
    handler.denmark.state = 'ERROR';
    for (const response of [await handler.post({ query }), await handler.post({ query }), await handler.get(search)])
      expect(await title(response)).toBe('Denmark 1');
    expect(handler.denmark.contexts).toHaveLength(2);
  });

  it('is not waited for while the country hangs if there is an older complete one', async () => {
    await handler.post({ query });
    Object.assign(world, { isCurrent: false, isDown: true });
    for (const response of [await handler.post({ query }), await handler.get(search)])
      expect(await response.json()).toEqual({
        data: { denmark: { title: 'Denmark 1' } },
        extensions: { catalogues: [{ country: 'DK', state: 'STALE' }] },
      });
    expect(handler.denmark.contexts).toHaveLength(1);
  });
});

describe('identical requests at the same time', () => {
  it('are executed once, and all get the response', async () => {
    const held = gate();
    handler.denmark.gate = held.opened;
    const requests = [handler.post({ query }), handler.post({ query }), handler.post(`${JSON.stringify({ query })} `)];
    await until(() => entered === requests.length);
    held.open();
    for (const response of await Promise.all(requests)) expect(await title(response)).toBe('Denmark 1');
    expect(handler.denmark.contexts).toHaveLength(1);
  });

  it('continue when the first client disconnects, and are cancelled when all have', async () => {
    const held = gate();
    handler.denmark.gate = held.opened;
    const leaving = [new AbortController(), new AbortController()];
    const requests = leaving.map(({ signal }) => handler.post({ query }, {}, signal));
    await until(() => entered === requests.length);
    const [context] = handler.denmark.contexts;
    leaving[0]?.abort();
    await expect(requests[0]).rejects.toThrow();
    await handler.post({ query: '{ greeting }' });
    expect(context?.cancellation.isCancelled).toBe(false);
    leaving[1]?.abort();
    await expect(requests[1]).rejects.toThrow();
    await until(() => context?.cancellation.isCancelled === true);
    held.open();
  });

  it('are rejected according to their method', async () => {
    const mutation = 'mutation { denmark }';
    const responses = await Promise.all([
      handler.post({ query: mutation }),
      handler.get(`?query=${encodeURIComponent(mutation)}`),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([400, 405]);
  });
});
