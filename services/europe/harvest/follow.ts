import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import type { DataSource } from 'typeorm';

import type { Logger } from '../../kit/observability/logger.js';
import { defaultFeedLimits, type FeedLimits } from '../feed/limits.js';
import type { FeedSource } from '../feed/read-feed-page.js';
import { FeedReader } from './feed-reader.js';

export interface FollowOptions {
  readonly dataSource: DataSource;
  readonly sources: readonly FeedSource[];
  readonly logger: Logger;
  /** How long to wait before a feed that had nothing new is requested again. */
  readonly intervalMs: number;
  /** How long a country may fail before the first round ends without it: it may be starting too. */
  readonly graceMs?: number;
  readonly limits?: Partial<FeedLimits>;
  /** Called for every page that was taken into the index. */
  readonly onPage?: (country: string, entries: number) => void;
}

/** Reads the feeds until it is stopped. */
export interface FeedFollower {
  /** Resolves when every feed was read to its end, or failed for `graceMs`. */
  readonly firstRound: Promise<void>;
  readonly stop: () => Promise<void>;
}

const defaultGraceMs = 30_000;

/** Follows the feeds of all countries concurrently and independently: a slow or unavailable country does not block the others. */
export function followFeeds(options: FollowOptions): FeedFollower {
  const stopping = new AbortController();
  // Each country adds listeners, so more than ten are not a leak.
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
  let endFirstRound = (): void => undefined;
  const firstRound = new Promise<void>((resolve) => {
    endFirstRound = resolve;
  });
  const { dataSource, logger, onPage, intervalMs, graceMs = defaultGraceMs } = options;
  const limits = { ...defaultFeedLimits, ...options.limits };
  const reader = new FeedReader(source, { dataSource, logger, limits, signal, onPage });
  const startedAt = Date.now();
  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const isAtEnd = await reader.readNext();
        failures = 0;
        if (!isAtEnd) continue;
        endFirstRound();
        await pause(intervalMs, signal);
      } catch (error) {
        // What a stop interrupts is not a failure.
        if (isAborted(signal)) return;
        failures += 1;
        if (Date.now() - startedAt > graceMs) endFirstRound();
        await reportFailure(source, options, error, failures);
        await pause(Math.min(limits.maxRetryMs, limits.initialRetryMs * 2 ** Math.min(failures - 1, 20)), signal);
      }
    }
  };
  return {
    firstRound,
    ended: loop().finally(() => {
      endFirstRound();
    }),
  };
}

/** Read by a function, because it changes during an await, which TypeScript does not see. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  wait(milliseconds, undefined, { signal }).catch(() => undefined);

async function reportFailure(
  { code, folder }: FeedSource,
  { dataSource, logger }: FollowOptions,
  error: unknown,
  failures: number,
): Promise<void> {
  // A country that is down for days is not logged every minute.
  if (failures === 1 || failures % 60 === 0)
    logger.warn({ country: code, err: error, failures }, `the feed of ${folder} could not be read`);
  await dataSource
    .query(`UPDATE catalogue SET failed_since = now() WHERE country = $1 AND failed_since IS NULL`, [code])
    // The index's own database may be the one that is unavailable.
    .catch(() => undefined);
}
