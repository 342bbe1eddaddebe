import { type QuerySubgraph, createFeedPositionReader } from './feed-position.js';
import { createFakeFeed } from '../testing/fake-feed.js';

const start = (entries: number) => {
  const feed = createFakeFeed(entries);
  const ask: QuerySubgraph = (query, variables = {}) => {
    expect(query).toContain('denmark {');
    return Promise.resolve(feed.respond(variables['after'] as string | null, Number(variables['first'])));
  };
  return { feed, read: createFeedPositionReader('denmark', ask) };
};

it('walks through the feed once, and then asks for no more than what is new', async () => {
  const { feed, read } = start(2_500);
  const position = await read();
  expect(feed.requestCount).toBe(3);
  expect(await read()).toBe(position);
  expect(feed.requestCount).toBe(4);
});

it('is another one after each change', async () => {
  const { feed, read } = start(0);
  const positions = [await read()];
  for (let change = 0; change < 3; change += 1) {
    feed.entries += 1;
    positions.push(await read());
    expect(await read()).toBe(positions.at(-1));
  }
  expect(new Set(positions).size).toBe(4);
});

it('is another one when the feed began anew, though as much stands in it', async () => {
  const { feed, read } = start(5);
  const before = await read();
  feed.feedId = 'two';
  expect(await read()).not.toBe(before);
  expect(feed.requestCount).toBe(3);
});

const wrong: readonly (readonly [string, Awaited<ReturnType<QuerySubgraph>>])[] = [
  ['that it cannot', { data: { catalogue: null }, errors: [{ message: 'no', extensions: { code: 'FEED_CHANGED' } }] }],
  ['nothing', { data: null, errors: [] }],
  ['something else', { data: { catalogue: { changes: { feedId: 1 } } }, errors: [] }],
  [
    'that there is more, and nothing more',
    {
      data: { catalogue: { changes: { feedId: 'a', pageInfo: { endCursor: null, hasNextPage: true } } } },
      errors: [],
    },
  ],
];
it.each(wrong)('is not found when a country says %s', async (_what, reply) => {
  await expect(createFeedPositionReader('denmark', () => Promise.resolve(reply))()).rejects.toThrow();
});

it('is found again after it could not be asked', async () => {
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
