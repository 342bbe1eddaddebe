import { type GraphQLResponse, toGraphQLResponse } from './graphql-response.js';
import { createResponseCache } from './response-cache.js';
import { listCatalogueStates } from './catalogue-states.js';
import { noMetrics } from '../../services/kit/observability/metrics.js';
import type { ServiceState } from '../request/request-context.js';

const noon = Date.UTC(2026, 10, 23, 12);
const second = 1000;

/** A response cache with a clock and versions that a test controls. */
function start(megabytes = 1, staleIfErrorSeconds = 3600) {
  const world = { now: noon, known: new Map([['denmark', '1']]), isHeard: true, counted: [] as unknown[], hanging: '' };
  const cache = createResponseCache({
    megabytes,
    staleIfErrorSeconds,
    now: () => world.now,
    metrics: { ...noMetrics, counter: () => (labels) => void world.counted.push(labels) },
    versions: {
      current: () => world.known,
      areUnchanged: (versions) =>
        world.isHeard && [...versions].every(([service, version]) => world.known.get(service) === version),
      isDown: (service) => service === world.hanging,
    },
  });
  return { world, cache };
}

const responseOf = (text: string, keepFor = 60): GraphQLResponse => {
  const catalogues = listCatalogueStates(new Map([['denmark', 'OK']]), new Map());
  const body = Buffer.from(JSON.stringify({ data: text, extensions: { catalogues } }));
  return toGraphQLResponse({ status: 200, headers: [], body, startedAt: noon, maxAgeSeconds: keepFor });
};
const danish = new Map([['denmark', '1']]);
const down = (state: ServiceState) => new Map([['denmark', state]]);

describe('a fresh response', () => {
  it('is returned by its key, and from then on by the bytes of the request', () => {
    const { cache, world } = start();
    const response = responseOf('a');
    expect(cache.get('key', 'bytes')).toBeUndefined();
    cache.set('key', response, danish);
    expect(cache.getByBytes('bytes')).toBeUndefined();
    expect(cache.get('key', 'bytes')).toBe(response);
    expect(cache.getByBytes('bytes')).toBe(response);
    expect(cache.getByBytes('other bytes')).toBeUndefined();
    expect(world.counted).toEqual([{ freshness: 'fresh' }, { freshness: 'fresh' }]);
  });

  it('is returned for as long as its fields allow', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    world.now += 59 * second;
    expect(cache.get('key', 'bytes')).toBeDefined();
    world.now += second;
    expect(cache.get('key', 'bytes')).toBeUndefined();
    expect(cache.getByBytes('bytes')).toBeUndefined();
  });

  it('is not stored with max age 0', () => {
    const { cache } = start();
    cache.set('key', responseOf('a', 0), danish);
    expect(cache.get('key', 'bytes')).toBeUndefined();
    expect(cache.getStale('key', down('UNAVAILABLE'))).toBeUndefined();
  });

  it('is not returned after one of its services has changed', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    world.known = new Map([
      ['denmark', '1'],
      ['italy', '2'],
    ]);
    expect(cache.get('key', 'bytes')).toBeDefined();
    world.known = new Map([['denmark', '2']]);
    expect(cache.get('key', 'bytes')).toBeUndefined();
    expect(cache.getByBytes('bytes')).toBeUndefined();
  });

  it('is not returned while the versions of its services are unknown', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    world.isHeard = false;
    expect(cache.get('key', 'bytes')).toBeUndefined();
    world.isHeard = true;
    expect(cache.get('key', 'bytes')).toBeDefined();
  });

  it('is replaced by a newer one', () => {
    const { cache } = start();
    cache.set('key', responseOf('a'), danish);
    const newer = responseOf('b');
    cache.set('key', newer, danish);
    expect(cache.get('key', 'bytes')).toBe(newer);
  });

  it('is removed by clear, also if its execution was in progress', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    cache.get('key', 'bytes');
    world.now += second;
    cache.clear();
    cache.set('other', responseOf('b'), danish);
    expect([cache.getByBytes('bytes'), cache.get('other', 'bytes')]).toEqual([undefined, undefined]);
    expect(cache.getStale('key', down('UNAVAILABLE'))).toBeUndefined();
  });
});

describe('a stale response', () => {
  it.each(['UNAVAILABLE', 'TIMEOUT', 'ERROR'] as const)(
    'is returned when a service is %s, and is marked STALE',
    (state) => {
      const { cache, world } = start();
      cache.set('key', responseOf('a'), danish);
      world.now += 600 * second;
      const found = cache.getStale('key', down(state));
      expect(JSON.parse(found?.body.toString() ?? '')).toEqual({
        data: 'a',
        extensions: { catalogues: [{ country: 'DK', state: 'STALE' }] },
      });
      expect(found).toMatchObject({ isCacheable: false, startedAt: noon });
    },
  );

  it('is returned without an execution while one of its services hangs, and the versions are no longer known', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    world.hanging = 'denmark';
    expect(cache.get('key', 'bytes')).toMatchObject({ isCacheable: true });
    world.isHeard = false;
    const stale = '{"data":"a","extensions":{"catalogues":[{"country":"DK","state":"STALE"}]}}\n';
    for (const found of [cache.get('key', 'bytes'), cache.getByBytes('bytes')]) {
      expect(found?.body.toString()).toBe(stale);
      expect(found?.isCacheable).toBe(false);
    }
    world.hanging = 'italy';
    expect([cache.get('key', 'bytes'), cache.getByBytes('bytes')]).toEqual([undefined, undefined]);
    world.hanging = 'denmark';
    world.now += 3600 * second;
    expect([cache.get('key', 'bytes'), cache.getByBytes('bytes')]).toEqual([undefined, undefined]);
  });

  it('marks a responding service STALE only if it has changed since', () => {
    const { cache, world } = start();
    const catalogues = listCatalogueStates(
      new Map([
        ['denmark', 'OK'],
        ['belgium', 'OK'],
        ['italy', 'OK'],
      ]),
      new Map(),
    );
    const body = Buffer.from(JSON.stringify({ data: 'a', extensions: { catalogues } }));
    const madeFrom = new Map([
      ['denmark', '1'],
      ['belgium', '1'],
      ['italy', '1'],
    ]);
    cache.set('key', { ...responseOf('a'), body }, madeFrom);
    world.known = new Map([...madeFrom, ['belgium', '2']]);
    const found = cache.getStale('key', down('UNAVAILABLE'));
    expect(JSON.parse(found?.body.toString() ?? '')).toMatchObject({
      extensions: {
        catalogues: [
          { country: 'DK', state: 'STALE' },
          { country: 'BE', state: 'STALE' },
          { country: 'IT', state: 'OK' },
        ],
      },
    });
  });

  it('is not returned when all services respond, because an error is the fault of the operation then', () => {
    const { cache } = start();
    cache.set('key', responseOf('a'), danish);
    expect(cache.getStale('key', down('OK'))).toBeUndefined();
    expect(cache.getStale('other', down('UNAVAILABLE'))).toBeUndefined();
  });

  it('is returned without an execution for five seconds after one in which a service responded with an error', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    cache.get('key', 'bytes');
    world.now += 60 * second;
    expect(cache.get('key', 'bytes')).toBeUndefined();
    expect(cache.getStale('key', down('ERROR'))).toBeDefined();
    world.now += 4 * second;
    for (const found of [cache.get('key', 'bytes'), cache.getByBytes('bytes')]) {
      expect(found?.body.toString()).toContain('"state":"STALE"');
      expect(found?.isCacheable).toBe(false);
    }
    world.now += second;
    expect([cache.get('key', 'bytes'), cache.getByBytes('bytes')]).toEqual([undefined, undefined]);
    const newer = { ...responseOf('b'), freshUntil: world.now + second };
    cache.getStale('key', down('ERROR'));
    cache.set('key', newer, danish);
    expect(cache.get('key', 'bytes')).toBe(newer);
    world.now += second;
    expect(cache.get('key', 'bytes')).toBeUndefined();
  });

  it('is not returned after the configured time, nor on another day', () => {
    const { cache, world } = start();
    cache.set('key', responseOf('a'), danish);
    world.now += 3600 * second;
    expect(cache.getStale('key', down('TIMEOUT'))).toBeUndefined();
    const long = start(1, 86_400);
    long.cache.set('key', responseOf('a'), danish);
    long.world.now = Date.UTC(2026, 10, 23, 23, 59, 59);
    expect(long.cache.getStale('key', down('TIMEOUT'))).toBeDefined();
    long.world.now += second;
    expect(long.cache.getStale('key', down('TIMEOUT'))).toBeUndefined();
  });

  it('is not returned if the configured time is 0', () => {
    const { cache } = start(1, 0);
    cache.set('key', responseOf('a'), danish);
    expect(cache.getStale('key', down('TIMEOUT'))).toBeUndefined();
  });
});

describe('the size of the cache', () => {
  it('is limited: the least recently used response is evicted first', () => {
    const { cache } = start(0.1);
    for (let number = 0; number < 30; number += 1) {
      cache.set(`key ${number}`, responseOf('x'.repeat(8_000)), danish);
      cache.get('key 0', 'bytes');
    }
    expect(cache.get('key 0', 'bytes')).toBeDefined();
    expect(cache.get('key 1', 'bytes')).toBeUndefined();
    expect(cache.get('key 29', 'bytes')).toBeDefined();
  });

  it('does not allow a response that would evict most others', () => {
    const { cache } = start(0.1);
    cache.set('huge', responseOf('x'.repeat(50_000)), danish);
    expect(cache.get('huge', 'bytes')).toBeUndefined();
  });

  it('does not include very long request bytes: such requests are parsed each time', () => {
    const { cache } = start(0.1);
    cache.set('key', responseOf('a'), danish);
    const bytes = 'x'.repeat(10_000);
    expect(cache.get('key', bytes)).toBeDefined();
    expect(cache.getByBytes(bytes)).toBeUndefined();
  });
});
