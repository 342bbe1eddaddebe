import { type QuerySubgraph, createFeedPositionReader } from './feed-position.js';
import { createFakeFeed } from '../testing/fake-feed.js';

const start = (entries: number) => {
  const feed = createFakeFeed(entries);
  const query: QuerySubgraph = (query, variables = {}) => {
    expect(query).toContain('denmark {');
    return Promise.resolve(feed.respond(variables['after'] as string | null, Number(variables['first'])));
  };
  return { feed, read: createFeedPositionReader('denmark', query) };
};

it('the reader reads the whole feed once, and then only new entries', async () => {
  const { feed, read } = start(2_500);
  const position = await read();
  expect(feed.requestCount).toBe(3);
  expect(await read()).toBe(position);
  expect(feed.requestCount).toBe(4);
});

it('the position differs after each change', async () => {
  const { feed, read } = start(0);
  const positions = [await read()];
  for (let change = 0; change < 3; change += 1) {
    feed.entries += 1;
    positions.push(await read());
    expect(await read()).toBe(positions.at(-1));
  }
  expect(new Set(positions).size).toBe(4);
});

it('the position differs after the feed was reset, even with as many entries', async () => {
  const { feed, read } = start(5);
  const before = await read();
  feed.feedId = 'two';
  expect(await read()).not.toBe(before);
  expect(feed.requestCount).toBe(3);
});

it('the first call reads a long feed to its end; a later one reads ten pages at most, and the next continues', async () => {
  const { feed, read } = start(95_000);
  expect(await read()).toBe(JSON.stringify(['one', 'one 95000']));
  expect(feed.requestCount).toBe(95);
  feed.feedId = 'two';
  await expect(read()).rejects.toThrow('more pages than are read at once');
  expect(feed.requestCount).toBe(105);
  for (let call = 0; call < 8; call += 1) await expect(read()).rejects.toThrow();
  expect(await read()).toBe(JSON.stringify(['two', 'two 95000']));
});

it('the first call does not read a feed without end for ever', async () => {
  const { feed, read } = start(10_000_000);
  await expect(read()).rejects.toThrow('more pages than are read at once');
  expect(feed.requestCount).toBe(1_010);
  await expect(read()).rejects.toThrow();
  expect(feed.requestCount).toBe(1_020);
});

it('a feed that restarts at every page does not keep the reader busy', async () => {
  const feed = createFakeFeed(15_000);
  let requests = 0;
  const restarting = createFeedPositionReader('denmark', (_query, variables = {}) => {
    requests += 1;
    feed.feedId = `${feed.feedId}+`;
    return Promise.resolve(feed.respond(variables['after'] as string | null, 10));
  });
  await expect(restarting()).rejects.toThrow();
  expect(requests).toBe(10);
});

const wrong: readonly (readonly [string, Awaited<ReturnType<QuerySubgraph>>])[] = [
  ['an error', { data: { catalogue: null }, errors: [{ message: 'no', extensions: { code: 'FEED_CHANGED' } }] }],
  ['no data', { data: null, errors: [] }],
  [
    'a cursor without end',
    {
      data: {
        catalogue: { changes: { feedId: 'a', pageInfo: { endCursor: 'x'.repeat(2_000), hasNextPage: false } } },
      },
      errors: [],
    },
  ],
  ['a malformed feed', { data: { catalogue: { changes: { feedId: 1 } } }, errors: [] }],
  [
    'that there is more, and nothing more',
    {
      data: { catalogue: { changes: { feedId: 'a', pageInfo: { endCursor: null, hasNextPage: true } } } },
      errors: [],
    },
  ],
];
it.each(wrong)('the reader rejects when a country returns %s', async (_what, reply) => {
  await expect(createFeedPositionReader('denmark', () => Promise.resolve(reply))()).rejects.toThrow();
});

it('the reader works again after a failed request', async () => {
  const feed = createFakeFeed(5);
  let isDown = false;
  const read = createFeedPositionReader('denmark', (_query, variables = {}) =>
    isDown ? Promise.reject(new Error('down')) : Promise.resolve(feed.respond(variables['after'] as string | null, 10)),
  );
  const before = await read();
  isDown = true;
  await expect(read()).rejects.toThrow('down');
  isDown = false;
  expect(await read()).toBe(before);
});
