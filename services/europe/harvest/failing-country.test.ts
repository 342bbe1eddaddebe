import { silentLogger } from '../../kit/testing/silent-logger.js';
import { waitUntil } from '../../kit/testing/wait-until.js';
import { contents } from '../testing/feed-contents.js';
import { impatient, pageResponse, recordNode, useUntrustedFeed, validRecord } from '../testing/untrusted-feed.js';
import { followFeeds, type FollowOptions } from './follow.js';
import { emptyIndex } from './prepare-index.js';

const feed = useUntrustedFeed();
const { catchUp, idsIn, status, reasons } = feed;

describe('a country that does not respond with a page', () => {
  const feedPage = (more: object): string => pageResponse([recordNode(validRecord)], more).body;
  const responses: Readonly<
    Record<string, { status: number; body: string; headers?: Record<string, string>; isEndless?: boolean }>
  > = {
    'invalid JSON': { status: 200, body: '{"data":' },
    'an empty response': { status: 204, body: '' },
    null: { status: 200, body: 'null' },
    HTML: { status: 502, body: '<html><title>Bad gateway</title>' },
    'status 500': { status: 500, body: '{"errors":[{"message":"fault"}]}' },
    'errors without data': { status: 200, body: '{"data":null,"errors":[{"message":"fault","extensions":null}]}' },
    'a list': { status: 200, body: '[]' },
    'another shape': { status: 200, body: '{"data":{"catalogue":{"languages":"da","changes":[]}}}' },
    'invalid language tags': { status: 200, body: feedPage({}).replace('"da"', '"<da>"') },
    'an empty feed id': { status: 200, body: feedPage({ feedId: '' }) },
    'a feed id that PostgreSQL cannot store': { status: 200, body: feedPage({ feedId: 'a\0' }) },
    'a further page, but no cursor': {
      status: 200,
      body: feedPage({ pageInfo: { hasNextPage: true, endCursor: null } }),
    },
    'a further page, but no entries': {
      status: 200,
      body: feedPage({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'next' } }),
    },
    'FEED_CHANGED every time': {
      status: 200,
      body: '{"errors":[{"message":"","extensions":{"code":"FEED_CHANGED"}}]}',
    },
    'a redirect': { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
    'a page that never ends': { status: 200, body: '{"data":', isEndless: true },
    'a page that is too large however small it is requested': {
      status: 200,
      body: 'x'.repeat(200_000),
      isEndless: true,
    },
  };

  /** Follows both countries, awaits `during` after the first round, and waits until a page of Denmark was read. */
  const followUntil = async (options: Partial<FollowOptions>, during: () => Promise<void>): Promise<void> => {
    let readDenmark = (): void => undefined;
    const wasRead = new Promise<void>((resolve) => {
      readDenmark = resolve;
    });
    const following = followFeeds({
      dataSource: feed.index.database.dataSource,
      sources: [feed.denmark, feed.belgium],
      logger: silentLogger,
      intervalMs: 10,
      ...impatient,
      ...options,
      onPage: (country) => {
        if (country === 'DK') readDenmark();
      },
    });
    try {
      await following.firstRound;
      await during();
      await wasRead;
    } finally {
      await following.stop();
    }
  };

  it.each(Object.keys(responses))('blocks no other country and recovers: %s', async (name) => {
    feed.denmark.overrideResponse(() => responses[name] ?? null);
    feed.belgium.publish('CLAIM', contents.claim('be:claim:new', 'github.com/os2/other'));
    const limits = {
      ...impatient.limits,
      timeoutMs: responses[name]?.isEndless === true ? 500 : 10_000,
      maxPageBytes: 100_000,
    };
    await followUntil({ limits }, async () => {
      await waitUntil('a claim', async () => (await feed.index.database.query('SELECT FROM claim')).length > 0);
      expect((await status()).state).toBe('UNREACHABLE');
      feed.denmark.overrideResponse(null);
      feed.denmark.publish('RECORD', validRecord);
    });
    feed.belgium.withdraw('CLAIM', 'be:claim:new');
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
    expect(await reasons()).toEqual([]);
    expect((await status()).state).toBe('OK');
  });

  it('does not delay what follows from the statements of others, although the first round waits for it', async () => {
    const { dataSource } = feed.index.database;
    await emptyIndex(dataSource);
    feed.denmark.overrideResponse(() => responses['HTML'] ?? null);
    const following = followFeeds({
      dataSource,
      sources: [feed.denmark, feed.belgium],
      logger: silentLogger,
      intervalMs: 10,
      ...impatient,
      graceMs: 60_000,
      failureGraceMs: 0,
    });
    const completed = `SELECT FROM catalogue WHERE country = 'BE' AND read_at IS NOT NULL AND NOT is_filling`;
    try {
      await waitUntil('Belgium', async () => (await feed.index.database.query(completed)).length > 0);
      const first = await Promise.race([following.firstRound.then(() => 'ended'), Promise.resolve('pending')]);
      expect(first).toBe('pending');
    } finally {
      feed.denmark.overrideResponse(null);
      await following.stop();
    }
    await catchUp();
  });

  it('is waited for by countries with nothing new, which are requested less often until the first round ends', async () => {
    feed.denmark.overrideResponse(() => responses['HTML'] ?? null);
    const [denmarkBefore, belgiumBefore] = [feed.denmark.requestCount(), feed.belgium.requestCount()];
    const began = performance.now();
    const intervalMs = 50;
    const following = followFeeds({
      dataSource: feed.index.database.dataSource,
      sources: [feed.denmark, feed.belgium],
      logger: silentLogger,
      intervalMs,
      graceMs: 60_000,
      failureGraceMs: 60_000,
      limits: { initialRetryMs: 1 },
    });
    try {
      // After 1, 2, 4 … 512 ms.
      await waitUntil('Denmark', () => Promise.resolve(feed.denmark.requestCount() - denmarkBefore >= 11));
      const intervals = (performance.now() - began) / intervalMs;
      expect(feed.belgium.requestCount() - belgiumBefore).toBeLessThanOrEqual(2 + intervals / 10);
    } finally {
      feed.denmark.overrideResponse(null);
      await following.stop();
    }
    await catchUp();
  });

  it.each(['HTML', 'FEED_CHANGED every time', 'a further page, but no entries'])(
    'is requested less and less often: %s',
    async (name) => {
      feed.denmark.overrideResponse(() => responses[name] ?? null);
      const before = feed.denmark.requestCount();
      await catchUp({ graceMs: 500, limits: { initialRetryMs: 1 } });
      // After 1, 2, 4 … 512 ms.
      expect(feed.denmark.requestCount() - before).toBeLessThanOrEqual(12);
    },
  );

  it('is read as soon as it is available', async () => {
    const nowhere = { ...feed.denmark, url: 'http://127.0.0.1:1/' };
    feed.denmark.publish('RECORD', validRecord);
    await catchUp({ ...impatient, sources: [nowhere, feed.belgium] });
    expect((await status()).state).toBe('UNREACHABLE');
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:good']);
  });

  it('is read from the start if its feed changed without FEED_CHANGED, and what the new feed lacks is removed', async () => {
    feed.denmark.publish('RECORD', validRecord);
    await catchUp();
    const other = contents.record('dk:record:other', 'github.com/os2/other');
    const another = contents.record('dk:record:another', 'github.com/os2/another');
    feed.denmark.overrideResponse((body) => {
      const { after } = (JSON.parse(body) as { variables: { after: string | null } }).variables;
      if (after === null)
        return pageResponse([recordNode(other)], { pageInfo: { hasNextPage: true, endCursor: 'first' } });
      return pageResponse(after === 'end' ? [] : [recordNode(another)], {
        pageInfo: { hasNextPage: false, endCursor: 'end' },
      });
    });
    await catchUp(impatient);
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:another', 'dk:record:other']);
    expect((await status()).state).toBe('OK');
  });

  it('keeps what was read and is requested less and less often if it responds with another feed each time', async () => {
    feed.denmark.publish('RECORD', validRecord);
    await catchUp();
    const before = feed.denmark.requestCount();
    feed.denmark.overrideResponse(() =>
      pageResponse([recordNode(contents.record('dk:record:other', 'github.com/os2/other'))], {
        feedId: String(feed.denmark.requestCount()),
        pageInfo: { hasNextPage: true, endCursor: String(feed.denmark.requestCount()) },
      }),
    );
    await catchUp({ graceMs: 500, limits: { initialRetryMs: 50 } });
    expect(feed.denmark.requestCount() - before).toBeLessThan(40);
    expect(await idsIn('catalogue_record')).toContain('dk:record:good');
  });
});

describe('a country of an earlier contract', () => {
  it('is read without code lists and needs, and with them once its feed has some', async () => {
    const respondAsEarlier = (body: string) =>
      body.includes('needHolder')
        ? { status: 400, body: '{"errors":[{"message":"Cannot query field \\"codeList\\" on type \\"Change\\"."}]}' }
        : null;
    const hasNeeds = async (): Promise<unknown> =>
      (await feed.index.database.query(`SELECT has_needs FROM catalogue WHERE country = 'DK'`))[0];
    feed.denmark.overrideResponse(respondAsEarlier);
    feed.denmark.publish('RECORD', contents.record('dk:record:a', 'github.com/some/a'));
    await catchUp();
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:a']);
    expect(await hasNeeds()).toEqual({ has_needs: false });
    feed.denmark.overrideResponse(null);
    feed.denmark.publish('NEED', contents.need('dk:need:a', 'A library website', ['DK_KLE:21']));
    await catchUp();
    expect([await idsIn('need'), await reasons(), await hasNeeds()]).toEqual([['dk:need:a'], [], { has_needs: true }]);
  });
});
