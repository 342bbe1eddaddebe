import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import type { DataSource } from 'typeorm';

import type { Logger } from '../../kit/observability/logger.js';
import { noMetrics, type Metrics } from '../../kit/observability/metrics.js';
import { createRateLimitedLog, outage } from '../../kit/observability/rate-limited-log.js';
import { inUtc } from '../sql-fragments.js';
import { defaultFeedLimits, type FeedLimits } from '../feed/limits.js';
import { type FeedProblemCode, FeedProblemError } from '../feed/feed-problem.js';
import type { FeedSource } from '../feed/read-feed-page.js';
import { completeFirstRound } from '../derive/filling.js';
import { FeedReader } from './feed-reader.js';

export interface FollowOptions {
  readonly dataSource: DataSource;
  readonly sources: readonly FeedSource[];
  readonly logger: Logger;
  /** How long to wait before a feed that had nothing new is requested again. */
  readonly intervalMs: number;
  /** How long a country may fail before the first round ends without it: it may be starting too. */
  readonly graceMs?: number;
  /** How long a country may fail before what follows from all is derived without it, so that it costs its own rows only. */
  readonly failureGraceMs?: number;
  /** How long the first round waits for a country that is being read. Default: until its end. */
  readonly maxFirstRoundMs?: number;
  readonly limits?: Partial<FeedLimits>;
  /** Called for every page that was taken into the index. */
  readonly onPage?: (country: string, entries: number) => void;
  /** Called once every feed was read in the first round, before what follows from them together is derived. */
  readonly onRead?: () => void;
  readonly metrics?: Metrics | undefined;
}

/** Reads the feeds until it is stopped. */
export interface FeedFollower {
  /** Resolves when every feed was read to its end, does not end, failed for `graceMs`, or took `maxFirstRoundMs`. */
  readonly firstRound: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How much longer a country with nothing new is left alone while others are read for the first time, which its requests would slow down. */
const firstRoundFactor = 20;
const defaultGraceMs = 30_000;
/** A country that starts at the same time as the index responds sooner. */
const defaultFailureGraceMs = 5_000;

/** Follows the feeds of all countries concurrently and independently: a slow or unavailable country does not block the others. */
export function followFeeds(options: FollowOptions): FeedFollower {
  const stopping = new AbortController();
  /** Aborted at its end, and when the follower is stopped. */
  const firstRoundController = new AbortController();
  // Each country adds listeners, so more than ten are not a leak.
  setMaxListeners(0, stopping.signal, firstRoundController.signal);
  const firstRoundState: FirstRound = { ended: firstRoundController.signal, isOver: false };
  const loops = options.sources.map((source) => followCountry(source, options, stopping.signal, firstRoundState));
  const endFirstRound = async (): Promise<void> => {
    await Promise.all(loops.map((loop) => loop.readOrFailed));
    firstRoundState.isOver = true;
    firstRoundController.abort();
    if (isAborted(stopping.signal)) return;
    options.onRead?.();
    await completeFirstRound(options.dataSource).catch((error: unknown) => {
      // Each country is completed with its next page.
      options.logger.error({ err: error }, 'the first reading of the feeds could not be completed');
    });
    // A country that failed until now completes what it reads by itself.
    await Promise.all(loops.map((loop) => loop.firstRound));
  };
  const firstRound = endFirstRound();
  return {
    firstRound,
    stop: async () => {
      stopping.abort();
      firstRoundController.abort();
      await Promise.all([firstRound, ...loops.map(({ ended }) => ended)]);
    },
  };
}

/** The first round of all countries. */
interface FirstRound {
  /** Aborted when it is over, and when the follower is stopped. */
  readonly ended: AbortSignal;
  isOver: boolean;
}

interface CountryLoop {
  /** Resolves at the end of the first round, or when the country has failed for `failureGraceMs`. */
  readonly readOrFailed: Promise<void>;
  readonly firstRound: Promise<void>;
  readonly ended: Promise<void>;
}

function followCountry(
  source: FeedSource,
  options: FollowOptions,
  signal: AbortSignal,
  firstRoundState: Readonly<FirstRound>,
): CountryLoop {
  let endFirstRound = (): void => undefined;
  const firstRound = new Promise<void>((resolve) => {
    endFirstRound = resolve;
  });
  let fail = (): void => undefined;
  const failed = new Promise<void>((resolve) => {
    fail = resolve;
  });
  const { dataSource, logger, onPage, intervalMs, graceMs = defaultGraceMs, maxFirstRoundMs = Infinity } = options;
  const { failureGraceMs = defaultFailureGraceMs } = options;
  const limits = { ...defaultFeedLimits, ...options.limits };
  const reader = new FeedReader(source, {
    dataSource,
    logger,
    limits,
    signal,
    isFirstRound: () => !firstRoundState.isOver,
    onPage,
  });
  const startedAt = Date.now();
  const report = createProblemReport(source, options);
  const loop = async (): Promise<void> => {
    let failures = 0;
    let roundPages = 0;
    let hasReachedEnd = false;
    while (!signal.aborted) {
      try {
        const before = reader.pages;
        const began = performance.now();
        const progress = await reader.readNext();
        failures = 0;
        hasReachedEnd ||= progress === 'AT_END';
        roundPages = progress === 'AT_END' ? 0 : roundPages + Math.max(1, reader.pages - before);
        if (progress === 'ENDLESS') await report(endless);
        if (progress === 'RESTARTING') await report(restarting);
        if (progress !== 'MORE' || Date.now() - startedAt > maxFirstRoundMs) endFirstRound();
        if (progress === 'AT_END') {
          if (!firstRoundState.isOver) await pause(intervalMs * firstRoundFactor, firstRoundState.ended);
          await pause(intervalMs, signal);
        } else if (progress === 'ENDLESS') await pause(limits.endlessPauseMs, signal);
        else if (progress === 'RESTARTING') await pause(limits.maxRetryMs, signal);
        else if (roundPages >= limits.maxRoundPages) {
          roundPages = 0;
          await pause(limits.roundPauseMs, signal);
        } else if (hasReachedEnd)
          // What grows suddenly is read slowly; what is read for the first time is waited for.
          await pause(Math.min(limits.restFactor * (performance.now() - began), limits.maxRestMs), signal);
      } catch (error) {
        // What a stop interrupts is not a failure.
        if (isAborted(signal)) return;
        failures += 1;
        await report(error);
        if (Date.now() - startedAt > Math.min(graceMs, failureGraceMs)) fail();
        if (Date.now() - startedAt > graceMs) endFirstRound();
        await pause(Math.min(limits.maxRetryMs, limits.initialRetryMs * 2 ** Math.min(failures - 1, 20)), signal);
      }
    }
  };
  return {
    readOrFailed: Promise.race([firstRound, failed]),
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

const endless = new FeedProblemError(
  'NOT_ENDING',
  'The end of the feed was not reached after far more entries than its catalogue has. It is read further, slowly.',
);

const restarting = new FeedProblemError(
  'RESTARTING',
  'The feed restarts again and again: its feedId changes, or it rejects its own cursors. It is read further, slowly.',
);

const unreachable = new FeedProblemError(
  'UNREACHABLE',
  'The country does not respond. The log of the index has the details.',
);

/** Creates a function that reports why a feed is not followed: in the log, as a metric and in the catalogue's status. */
function createProblemReport(
  { code: country, folder }: FeedSource,
  { dataSource, logger, metrics = noMetrics }: FollowOptions,
): (error: unknown) => Promise<void> {
  const log = createRateLimitedLog<FeedProblemCode>({ ...outage, intervalMs: 60_000 });
  const count = metrics.counter({
    name: 'feed_problems_total',
    help: 'Attempts to follow the feed of a country that failed, or found a feed that does not end, by the code of the problem.',
    labels: ['country', 'code'],
  });
  return async (error) => {
    const { code, message } = error instanceof FeedProblemError ? error : unreachable;
    count({ country, code });
    log(code, (suppressed) => {
      logger.warn({ country, code, err: error, suppressed }, `the feed of ${folder} cannot be followed`);
    });
    await dataSource
      .query(
        `UPDATE catalogue SET problem = jsonb_build_object('code', $2::text, 'message', $3::text, 'since',
          CASE WHEN problem ->> 'code' = $2 THEN problem ->> 'since' ELSE ${inUtc('now()')} END)
        WHERE country = $1`,
        [country, code, message],
      )
      // The index's own database may be the one that is unavailable.
      .catch(() => undefined);
  };
}
