import { silentLogger } from '../../kit/testing/silent-logger.js';
import { noMetrics } from '../../kit/observability/metrics.js';
import { waitUntil } from '../../kit/testing/wait-until.js';
import type { FeedLimits } from '../feed/limits.js';
import type { FakeResponse } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { impatient, pageResponse, recordNode, useUntrustedFeed, validRecord } from '../testing/untrusted-feed.js';
import { type FollowOptions, followFeeds } from './follow.js';

const feed = useUntrustedFeed();
const { catchUp, idsIn, status } = feed;

const records = (prefix: string, count: number): void => {
  for (let number = 0; number < count; number += 1)
    feed.denmark.publish(
      'RECORD',
      contents.record(`dk:record:${prefix}${number}`, `github.com/os2/${prefix}${number}`),
    );
};
const countRecords = async (): Promise<number> => (await idsIn('catalogue_record')).length;

describe('a feed without an end', () => {
  /** Follows both feeds until Denmark's problem has this code, and returns how many pages of Denmark were requested in which time. */
  async function followUntilProblem(
    code: string,
    limits: Partial<FeedLimits>,
  ): Promise<{ readonly pages: number; readonly ms: number }> {
    const counted: unknown[] = [];
    const [startedAt, before] = [performance.now(), feed.denmark.requestCount()];
    const following = followFeeds({
      dataSource: feed.index.database.dataSource,
      sources: [feed.denmark, feed.belgium],
      logger: silentLogger,
      intervalMs: 60_000,
      limits,
      metrics: { ...noMetrics, counter: () => (labels) => counted.push(labels) },
    });
    try {
      await waitUntil(code, async () => (await status()).problem?.code === code);
      await following.firstRound;
      expect(counted).toContainEqual({ country: 'DK', code });
      return { pages: feed.denmark.requestCount() - before, ms: performance.now() - startedAt };
    } finally {
      await following.stop();
    }
  }

  const pageAfter = (cursor: string): FakeResponse =>
    pageResponse([recordNode(validRecord)], { pageInfo: { hasNextPage: true, endCursor: cursor } });
  const endless: Readonly<Record<string, (body: string) => FakeResponse>> = {
    'with ever new positions': () => pageAfter(String(feed.denmark.requestCount())),
    'whose position goes back': () => pageAfter(String(feed.denmark.requestCount() % 2)),
  };

  it.each(Object.keys(endless))('is reported, paced and read again once it has an end: %s', async (name) => {
    feed.denmark.overrideResponse((body) => endless[name]?.(body) ?? null);
    const { pages, ms } = await followUntilProblem('NOT_ENDING', { maxRepeatedEntries: 5_000 });
    // Every 50 ms, and the first one at once; a delay of the machine makes it longer.
    expect(ms).toBeGreaterThan((pages - 2) * 50);
    expect(await status()).toMatchObject({
      state: 'STALE',
      problem: { message: expect.stringContaining('far more entries than its catalogue has') as unknown },
    });
    expect(await countRecords()).toBe(1);

    feed.denmark.overrideResponse(null);
    records('a', 3);
    await catchUp();
    expect(await status()).toMatchObject({ state: 'OK', problem: null });
    expect(await idsIn('catalogue_record')).toEqual(['dk:record:a0', 'dk:record:a1', 'dk:record:a2']);
  });

  it('pauses after each round', async () => {
    feed.denmark.overrideResponse(() => pageAfter(String(feed.denmark.requestCount())));
    const limits = {
      minRequestIntervalMs: 0,
      restFactor: 0,
      pageSize: 500,
      maxRoundPages: 2,
      roundPauseMs: 200,
      maxRepeatedEntries: 3_500,
    };
    const { pages, ms } = await followUntilProblem('NOT_ENDING', limits);
    // Eight pages of 500 entries, in four rounds with three pauses between them.
    expect(pages).toBeGreaterThanOrEqual(8);
    expect(ms).toBeGreaterThan(2 * limits.roundPauseMs);
  });

  it('reports the same position again, and a position without entries, as one that does not advance', async () => {
    for (const page of [
      pageAfter('same'),
      pageResponse([], { pageInfo: { hasNextPage: true, endCursor: `${Math.random()}` } }),
    ]) {
      feed.denmark.overrideResponse(() => page);
      await catchUp(impatient);
      expect(await status()).toMatchObject({ state: 'UNREACHABLE', problem: { code: 'NOT_ADVANCING' } });
    }
  });

  it('delays the first round for a limited time', async () => {
    feed.denmark.overrideResponse(() => pageAfter(String(feed.denmark.requestCount())));
    await catchUp({ maxFirstRoundMs: 100 });
    expect((await status()).problem).toBeNull();
  });
});

describe('a page that is larger than its entries', () => {
  it('is rejected if it has more entries than were requested', async () => {
    feed.denmark.overrideResponse(() => pageResponse([recordNode(validRecord), recordNode(validRecord)]));
    await catchUp({ ...impatient, limits: { ...impatient.limits, pageSize: 1 } });
    expect(await status()).toMatchObject({
      state: 'UNREACHABLE',
      problem: { code: 'INVALID_PAGE', message: 'The page has 2 entries, but at most 1 were requested.' },
    });
    expect(await countRecords()).toBe(0);
  });

  it('is not parsed if it has many small values, and only the entry that has them is rejected', async () => {
    records('a', 5);
    feed.denmark.publish('RECORD', { ...validRecord, extra: Array.from({ length: 5_000 }, () => ({})) });
    records('b', 5);
    await catchUp({ limits: { maxPageValues: 4_000 } });
    expect(await countRecords()).toBe(10);
    expect((await status()).refusals).toMatchObject([{ subjectId: 'dk:record:good', reason: 'is too large' }]);
  });

  it('delays the next request, so that a country sends a limited number of bytes per second', async () => {
    const padding = 'x'.repeat(5_000);
    for (let number = 0; number < 5; number += 1)
      feed.denmark.publish('RECORD', { ...contents.record(`dk:record:${number}`, 'github.com/os2/thing'), padding });
    const startedAt = performance.now();
    await catchUp({ limits: { pageSize: 1, maxBytesPerSecond: 50_000 } });
    // Four of the five pages, of more than 5,000 bytes each, delay the next one.
    expect(performance.now() - startedAt).toBeGreaterThan(400);
  });
});

describe('a catalogue that grows unusually fast', () => {
  const limits = { ...impatient.limits, pageSize: 5, maxDailyEntries: 10, maxDailyGrowth: 0.5 };
  const grow = (more: Partial<FollowOptions> = {}): Promise<void> => catchUp({ graceMs: 0, limits, ...more });
  const endDay = (): Promise<unknown> =>
    feed.index.database.query(`UPDATE catalogue SET counted_at = now() - interval '25 hours' WHERE country = 'DK'`);
  /** As if the feed had never been read to its end. */
  const forgetSize = (): Promise<unknown> =>
    feed.index.database.query(
      `UPDATE catalogue SET entries_before = NULL, statements_before = NULL, counted_at = NULL WHERE country = 'DK'`,
    );

  beforeEach(() =>
    feed.index.database.query(
      `UPDATE catalogue SET entries_before = 0, statements_before = 0, counted_at = now() WHERE country = 'DK'`,
    ),
  );

  it('keeps what it has, is reported, and continues where it stopped once its operator allows it', async () => {
    await forgetSize();
    records('a', 50);
    await grow();
    expect(await status()).toMatchObject({ state: 'OK', problem: null });
    records('b', 40);
    await grow();
    expect(await countRecords()).toBe(75);
    const held = await status();
    expect(held).toMatchObject({ state: 'STALE', problem: { code: 'GROWTH_LIMIT' } });
    expect(held.problem?.message).toBe(
      'The catalogue has 75 objects in the index, such as records and organisations, and would grow to at least 80; it had 50 a day ' +
        'before, and may have 75 today. Nothing further of its feed is taken until then. If the growth is genuine, the operator of ' +
        'Europe sets DK_ALLOWED_ENTRIES to the number of entries that the catalogue may have, at least 80.',
    );
    await grow();
    expect((await status()).problem?.since).toBe(held.problem?.since);
    expect(await feed.index.query('{ solutions(search: "b9") { totalCount staleCatalogues } }')).toEqual({
      solutions: { totalCount: 1, staleCatalogues: ['DK'] },
    });

    await grow({ sources: [{ ...feed.denmark, allowedEntries: 90 }, feed.belgium] });
    expect(await countRecords()).toBe(90);
    expect(await status()).toMatchObject({ state: 'OK', problem: null });
  });

  it('takes what a register lists in bulk about its objects, as many as a new catalogue may have', async () => {
    const holders = (count: number): void => {
      for (let number = 0; number < count; number += 1)
        feed.denmark.publish(
          'NEED_HOLDER',
          contents.needHolder(`dk:need-holder:${number}`, 'dk:need:a', `dk:administration:${number}`),
        );
    };
    const countEntries = async () => (await countRecords()) + (await idsIn('need_holder')).length;
    const first = { ...limits, maxFirstEntries: 60 };
    records('a', 5);
    holders(55);
    await grow({ limits: first });
    expect([(await status()).problem, await countEntries()]).toEqual([null, 60]);
    // More take up too much space, and records would be found.
    holders(60);
    await grow({ limits: first });
    expect((await status()).problem?.message).toContain('has 60 entries in the index and would grow to at least 65');
    await grow({ limits: { ...limits, maxFirstEntries: 65 } });
    expect([(await status()).problem, await countEntries()]).toEqual([null, 65]);
    records('b', 10);
    await grow({ limits: { ...limits, maxFirstEntries: 1_000 } });
    expect((await status()).problem?.message).toContain('has 10 objects in the index');
    expect(await countRecords()).toBe(10);
    // A day later it goes on from what it has, and what is withdrawn makes room.
    await endDay();
    await grow({ limits: { ...limits, maxFirstEntries: 1_000 } });
    expect([(await status()).problem, await countEntries()]).toEqual([null, 75]);
  });

  it('continues the next day, from its size by then', async () => {
    records('a', 25);
    await grow();
    expect(await countRecords()).toBe(10);
    await endDay();
    await grow();
    expect(await countRecords()).toBe(20);
    await endDay();
    await grow();
    expect(await countRecords()).toBe(25);
    expect((await status()).problem).toBeNull();
  });

  it('may change and replace its entries as much as it likes', async () => {
    records('a', 10);
    await grow();
    for (let round = 0; round < 3; round += 1) {
      records('a', 10);
      for (let number = 0; number < 5; number += 1) {
        feed.denmark.withdraw('RECORD', `dk:record:a${number}`);
        feed.denmark.withdraw('RECORD', `dk:record:b${round - 1}${number}`);
      }
      records(`b${round}`, 5);
      feed.denmark.restart();
      await grow({ limits: { ...limits, pageSize: 50, maxDailyEntries: 15 } });
      expect(await status()).toMatchObject({ state: 'OK', problem: null });
    }
    expect(await countRecords()).toBe(10);
  });

  it('counts entries that are rejected', async () => {
    for (let number = 0; number < 20; number += 1)
      feed.denmark.publishRaw({ subject: 'RECORD', subjectId: `dk:record:${number}`, content: {} });
    await grow();
    expect(await status()).toMatchObject({ refused: 10, problem: { code: 'GROWTH_LIMIT' } });
  });

  it('may have many entries when it is read for the first time, but not any number', async () => {
    await forgetSize();
    await grow();
    records('a', 40);
    await grow({ limits: { ...limits, maxFirstEntries: 30 } });
    expect(await countRecords()).toBe(30);
    expect((await status()).problem?.message).toContain(
      'a catalogue may have 30 entries when it is read for the first time',
    );
    // It was not read to its end, so that a day changes nothing.
    await endDay();
    await grow({ limits: { ...limits, maxFirstEntries: 30 } });
    expect(await countRecords()).toBe(30);
    await grow({ limits: { ...limits, maxFirstEntries: 40 } });
    expect(await status()).toMatchObject({ state: 'OK', problem: null });
  });
});
