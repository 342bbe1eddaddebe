import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import type { DataSource } from 'typeorm';

import { today } from '../../shared/dates.js';
import type { Logger } from '../../kit/observability/logger.js';
import { recountForDay } from '../derive/recount-for-day.js';
import { inExclusiveTransaction } from '../derive/exclusive-transaction.js';
import { createEntryValidator } from './validate-entries.js';
import { applyPage, type FeedState } from './apply-page.js';
import { FeedChangedError, type FeedSource, PageTooLargeError, readFeedPage } from '../feed/read-feed-page.js';
import { type FeedLimits, defaultFeedLimits } from '../feed/limits.js';

export interface FollowOptions {
  readonly dataSource: DataSource;
  readonly sources: readonly FeedSource[];
  readonly logger: Logger;
  /** How long to wait before asking a country again that had nothing new. */
  readonly intervalMs: number;
  /** For how long a country may fail to answer before the first round is over without it: it may be starting too. */
  readonly graceMs?: number;
  readonly limits?: Partial<FeedLimits>;
  /** Told of every page that was taken in. */
  readonly onPage?: (country: string, entries: number) => void;
}

/** Reading the feeds, until it is stopped. */
export interface FeedFollower {
  /** When every country was read to its end, or failed to answer for `graceMs`. */
  readonly firstRound: Promise<void>;
  readonly stop: () => Promise<void>;
}

const defaultGraceMs = 30_000;

/** Follows the feeds of all countries at once, each for itself: one that is slow or down holds up no other. */
export function followFeeds(options: FollowOptions): FeedFollower {
  const stopping = new AbortController();
  // Each country listens, and more than ten are no leak.
  setMaxListeners(0, stopping.signal);
  const loops = options.sources.map((source) => followCountry(source, options, stopping.signal));
  return {
    firstRound: Promise.all(loops.map(({ firstRound }) => firstRound)).then(() => undefined),
    stop: async () => {
      stopping.abort();
      await Promise.all(loops.map(({ ended }) => ended));
    },
  };
}

interface CountryLoop {
  readonly firstRound: Promise<void>;
  readonly ended: Promise<void>;
}

function followCountry(source: FeedSource, options: FollowOptions, signal: AbortSignal): CountryLoop {
  let readOnce = (): void => undefined;
  const firstRound = new Promise<void>((resolve) => {
    readOnce = resolve;
  });
  const limits = { ...defaultFeedLimits, ...options.limits };
  const reader = createReader(source, options, limits, signal);
  const began = Date.now();
  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const isAtEnd = await reader.next();
        failures = 0;
        if (!isAtEnd) continue;
        readOnce();
        await pause(options.intervalMs, signal);
      } catch (error) {
        // What a stop interrupts is no failure.
        if (isAborted(signal)) return;
        failures += 1;
        if (Date.now() - began > (options.graceMs ?? defaultGraceMs)) readOnce();
        await reportFailure(source, options, error, failures);
        await pause(Math.min(limits.maxRetryMs, limits.initialRetryMs * 2 ** Math.min(failures - 1, 20)), signal);
      }
    }
  };
  return {
    firstRound,
    ended: loop().finally(() => {
      readOnce();
    }),
  };
}

/** Asked by a function, because it changes while others are waited for. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  wait(milliseconds, undefined, { signal }).catch(() => undefined);

/** Reads a country's feed page by page; `next` says whether its end was reached. */
function createReader(
  source: FeedSource,
  { dataSource, logger, onPage }: FollowOptions,
  limits: FeedLimits,
  signal: AbortSignal,
) {
  const accept = createEntryValidator(source.code);
  let first = limits.pageSize;
  let withContents = true;
  let unreadable = 0;
  let beginnings = 0;
  let dayCounted = '';

  const readPage = async (after: string | null) => {
    const page = await readFeedPage(source, { after, first, withContents, limits, signal });
    const goesOn = page.cursor !== null && page.cursor !== after && page.entries.length > 0;
    if (page.hasNextPage && !goesOn) throw new Error('the feed does not go on');
    unreadable = page.hasUnreadableEntries ? unreadable + 1 : 0;
    if (page.hasUnreadableEntries && unreadable < limits.maxAttempts)
      throw new Error('the country could not read some of its own entries');
    return page;
  };

  return {
    next: async (): Promise<boolean> => {
      const [state] = await dataSource.query<FeedState[]>(
        `SELECT feed, cursor, swept FROM catalogue WHERE country = $1`,
        [source.code],
      );
      const after = state?.cursor ?? null;
      try {
        const page = await readPage(after);
        if (page.entries.length === 0 && state?.feed === page.feed && state.swept) {
          await recordUnchanged(dataSource, source.code, dayCounted);
        } else {
          const refused = await applyPage(dataSource, source.code, { after, page, accept });
          if (refused > 0) logger.warn({ country: source.code, refused }, 'refused entries of a feed');
          onPage?.(source.code, page.entries.length);
        }
        dayCounted = today();
        first = Math.min(limits.pageSize, first * 2);
        withContents = true;
        if (!page.hasNextPage) beginnings = 0;
        return !page.hasNextPage;
      } catch (error) {
        if (error instanceof FeedChangedError) {
          logger.info({ country: source.code }, 'the feed began anew');
          await dataSource.query(`UPDATE catalogue SET cursor = NULL WHERE country = $1 AND cursor = $2`, [
            source.code,
            after,
          ]);
          // One that begins anew again and again is never read to its end: that is a failure.
          beginnings += 1;
          if (beginnings > 1 || after === null) throw error;
        } else if (error instanceof PageTooLargeError && withContents) {
          withContents = first > 1;
          first = Math.ceil(first / 4);
        } else {
          // Too large even without contents: it is no entry that is too large, but the answer. Nothing is to be left out.
          if (error instanceof PageTooLargeError) [first, withContents] = [limits.pageSize, true];
          throw error;
        }
        return false;
      }
    },
  };
}

/** Nothing is new. */
async function recordUnchanged(dataSource: DataSource, country: string, dayCounted: string): Promise<void> {
  if (dayCounted !== today()) await inExclusiveTransaction(dataSource, (run) => recountForDay(run, today()));
  await dataSource.query(`UPDATE catalogue SET read_at = now(), failed_since = NULL WHERE country = $1`, [country]);
}

async function reportFailure(
  { code, folder }: FeedSource,
  { dataSource, logger }: FollowOptions,
  error: unknown,
  failures: number,
): Promise<void> {
  // A country that is down for days is no news every minute.
  if (failures === 1 || failures % 60 === 0)
    logger.warn({ country: code, err: error, failures }, `the feed of ${folder} could not be read`);
  await dataSource
    .query(`UPDATE catalogue SET failed_since = now() WHERE country = $1 AND failed_since IS NULL`, [code])
    // The index itself may be what is away.
    .catch(() => undefined);
}
