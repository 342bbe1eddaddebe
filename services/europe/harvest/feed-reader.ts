import { setTimeout as wait } from 'node:timers/promises';

import type { DataSource } from 'typeorm';

import type { Logger } from '../../kit/observability/logger.js';
import { createRateLimitedLog } from '../../kit/observability/rate-limited-log.js';
import { SerialQueue } from '../../kit/serial-queue.js';
import { today } from '../../shared/dates.js';
import { countTransactions, inExclusiveTransaction } from '../derive/exclusive-transaction.js';
import { recountForDay } from '../derive/recount-for-day.js';
import { type FeedProblemCode, FeedProblemError } from '../feed/feed-problem.js';
import type { FeedLimits } from '../feed/limits.js';
import {
  FeedChangedError,
  type FeedPage,
  FeedQueryRejectedError,
  type FeedSource,
  PageTooLargeError,
  readFeedPage,
} from '../feed/read-feed-page.js';
import { type AppliedPage, applyPage, type FeedState } from './apply-page.js';
import { createEntryValidator, type IndexChanges } from './validate-entries.js';

export interface FeedReaderOptions {
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly limits: FeedLimits;
  readonly signal: AbortSignal;
  /** Whether what is derived at the end of a first reading waits for other countries. */
  readonly isFirstRound: () => boolean;
  /** Called for every page that was taken into the index. */
  readonly onPage?: ((country: string, entries: number) => void) | undefined;
}

/** How far a feed is read: to its end, not yet, not after more pages than it can have, or again and again from its start. */
export type FeedProgress = 'AT_END' | 'MORE' | 'ENDLESS' | 'RESTARTING';

/** A page that was requested, and the cursor with which it was. */
interface RequestedPage {
  readonly after: string | null;
  readonly page: Promise<ReadPage>;
}

/** A page, or several that are written as one: how many they are, and the number of entries with which they were requested. */
interface ReadPage extends FeedPage {
  readonly requested: number;
  readonly pages: number;
  /** The number of its entries. */
  readonly count: number;
}

/** The size of a page up to which the next one is requested while it is written: so two pages of a country take little memory. */
const maxReadAheadBytes = 2 * 1024 * 1024;
/** The size up to which pages are written as one while a country is filled, with the statements of one. */
const maxJoinedBytes = maxReadAheadBytes;
const maxJoinedPages = 4;
/** With so many transactions before it, a page waits longer than it takes to read the next one. */
const minWaiting = 3;

/**
 * Pages of several countries are validated one after the other: side by side all would be valid at about the same time, which the
 * database would wait for, and each of its responses would wait for a slice of every page.
 */
const validations = new SerialQueue();

const needSubjects = new Set(['CODE_LIST', 'CODE', 'CODE_MAPPING', 'NEED', 'NEED_HOLDER', 'TERMS', 'CONTRACT']);
const maxNeedsRetries = 3;

/** Reads a country's feed page by page into the index. */
export class FeedReader {
  readonly #source: FeedSource;
  readonly #options: FeedReaderOptions;
  readonly #validate: ReturnType<typeof createEntryValidator>;
  readonly #log = createRateLimitedLog<'rejected'>({ maxIntervalMs: 60_000 });
  #pageSize: number;
  #withContents = true;
  /** Whether the country knows code lists and needs, as far as it has shown. */
  #withNeeds = true;
  /** How often it was requested with needs again, because its feed has some. */
  #needsRetries = 0;
  /** How often in succession the country could not read some of its own entries. */
  #unreadablePages = 0;
  /** How often in succession the feed restarted before it was read to its end. */
  #restarts = 0;
  /** When the feed restarted within `restartWindowMs`. */
  #restartedAt: readonly number[] = [];
  /** How many pages were taken. */
  #pages = 0;
  /** Entries that were requested since the feed last had nothing new, on pages that added hardly anything. */
  #repeatedEntries = 0;
  /** How many entries the country had after the last page. */
  #entries = 0;
  #countedDay = '';
  /** The earliest time of the next request. */
  #nextRequestAt = 0;
  /** The page after the one that was read last, which the country prepares while that one is written. */
  #readAhead: RequestedPage | undefined;

  constructor(source: FeedSource, options: FeedReaderOptions) {
    this.#source = source;
    this.#options = options;
    this.#validate = createEntryValidator(source.code);
    this.#pageSize = options.limits.pageSize;
  }

  /** How many pages were taken so far. */
  get pages(): number {
    return this.#pages;
  }

  /** Reads the next page, if it can, and reports how far the feed was read. */
  async readNext(): Promise<FeedProgress> {
    const { dataSource } = this.#options;
    const [state] = await dataSource.query<FeedState[]>(
      `SELECT feed, cursor, swept, is_filling AS "isFilling" FROM catalogue WHERE country = $1`,
      [this.#source.code],
    );
    const after = state?.cursor ?? null;
    try {
      let page = await (this.#takeReadAhead(after) ?? this.#request(after, state)).page;
      if (this.#lacksNeeds(page)) {
        this.#withNeeds = true;
        this.#needsRetries += 1;
        return 'MORE';
      }
      this.#pageSize = Math.min(this.#options.limits.pageSize, this.#pageSize * 2);
      this.#withContents = true;
      // While others wait to be written, there is time to request it later, and memory for what they wait with.
      if (page.hasNextPage && page.size <= maxReadAheadBytes && countTransactions(dataSource) < minWaiting)
        this.#readAhead = this.#request(page.cursor, state);
      const { entries } = page;
      const changes = await validations.run(() => this.#validate(entries));
      // Its own entries are not kept while it waits to be written.
      page = { ...page, entries: [], count: page.entries.length };
      const applied = await this.#apply(page, changes, after, state);
      this.#pages += page.pages;
      this.#countedDay = today();
      if (!page.hasNextPage) this.#restarts = 0;
      this.#countRepeated(page, applied);
      if (this.#isRestarting()) return 'RESTARTING';
      if (this.#isEndless()) return 'ENDLESS';
      return page.hasNextPage ? 'MORE' : 'AT_END';
    } catch (error) {
      if (error instanceof FeedChangedError) await this.#restart(after, error);
      else if (error instanceof PageTooLargeError) this.#requestLess(error);
      else if (error instanceof FeedQueryRejectedError && this.#withNeeds) this.#withNeeds = false;
      else {
        // It rejects everything, so not because of the needs.
        if (error instanceof FeedQueryRejectedError) this.#withNeeds = true;
        throw error;
      }
      return 'MORE';
    }
  }

  /** Whether a country that once rejected the fields of needs has some now: it has a new release. */
  #lacksNeeds({ entries, withNeeds }: FeedPage): boolean {
    if (withNeeds || this.#needsRetries >= maxNeedsRetries) return false;
    return entries.some(({ subject, problem }) => problem !== null && needSubjects.has(subject));
  }

  #countRepeated({ count, hasNextPage, requested }: ReadPage, applied: AppliedPage): void {
    this.#entries = applied.entries;
    if (count === 0) this.#repeatedEntries = 0;
    else if (applied.growth < requested / 10) this.#repeatedEntries += hasNextPage ? requested : count;
  }

  /** A feed has the latest change of each object, so reading it takes about as many entries as the catalogue has. */
  #isEndless(): boolean {
    return this.#repeatedEntries > this.#options.limits.maxRepeatedEntries + 4 * this.#entries;
  }

  #isRestarting(): boolean {
    const { maxRestarts, restartWindowMs } = this.#options.limits;
    this.#restartedAt = this.#restartedAt.filter((time) => time > performance.now() - restartWindowMs);
    return this.#restartedAt.length > maxRestarts;
  }

  /** Waits until the next request is due, so that neither small nor large pages take more than a country's share. */
  async #awaitTurn(): Promise<void> {
    const { limits, signal } = this.#options;
    const milliseconds = this.#nextRequestAt - performance.now();
    if (milliseconds > 0) await wait(milliseconds, undefined, { signal });
    this.#nextRequestAt = performance.now() + limits.minRequestIntervalMs;
  }

  #takeTime(bytes: number): void {
    this.#nextRequestAt += (bytes / this.#options.limits.maxBytesPerSecond) * 1000;
  }

  #request(after: string | null, state: FeedState | undefined): RequestedPage {
    const page = state?.isFilling === true ? this.#readPages(after) : this.#readPage(after);
    // Its failure is handled where the page is taken; that of a page which is not taken does not matter.
    page.catch(() => undefined);
    return { after, page };
  }

  /** Reads a page and those after it, as far as they can be read and are small together. */
  async #readPages(after: string | null): Promise<ReadPage> {
    let read = await this.#readPage(after);
    while (
      read.hasNextPage &&
      read.pages < maxJoinedPages &&
      read.size + (read.size / read.requested) * this.#pageSize <= maxJoinedBytes
    ) {
      const { cursor, feed, withNeeds } = read;
      // What fails is requested again, and then handled.
      const next = await this.#readPage(cursor).catch(() => undefined);
      if (next?.feed !== feed || next.withNeeds !== withNeeds) break;
      read = {
        ...next,
        entries: [...read.entries, ...next.entries],
        hasUnreadableEntries: read.hasUnreadableEntries || next.hasUnreadableEntries,
        size: read.size + next.size,
        requested: read.requested + next.requested,
        pages: read.pages + next.pages,
        count: read.count + next.count,
      };
    }
    return read;
  }

  /** The page that was requested ahead, unless the index is elsewhere now: another process may have written it. */
  #takeReadAhead(after: string | null): RequestedPage | undefined {
    const ahead = this.#readAhead;
    this.#readAhead = undefined;
    return ahead?.after === after ? ahead : undefined;
  }

  async #readPage(after: string | null): Promise<ReadPage> {
    const { limits, signal } = this.#options;
    await this.#awaitTurn();
    const requested = this.#pageSize;
    const page = await readFeedPage(this.#source, {
      after,
      first: requested,
      withContents: this.#withContents,
      withNeeds: this.#withNeeds,
      limits,
      signal,
    });
    this.#takeTime(page.size);
    this.#unreadablePages = page.hasUnreadableEntries ? this.#unreadablePages + 1 : 0;
    if (page.hasUnreadableEntries && this.#unreadablePages < limits.maxAttempts)
      throw new FeedProblemError('INVALID_PAGE', 'The country could not read some of its own entries.');
    return { ...page, requested, pages: 1, count: page.entries.length };
  }

  async #apply(
    page: ReadPage,
    changes: IndexChanges,
    after: string | null,
    state: FeedState | undefined,
  ): Promise<AppliedPage> {
    const { dataSource, logger, limits, isFirstRound, onPage } = this.#options;
    const country = this.#source.code;
    const waits = isFirstRound();
    const lastingProblems: FeedProblemCode[] = this.#isRestarting() ? ['RESTARTING'] : [];
    if (page.count === 0 && state?.feed === page.feed && state.swept && (waits || !state.isFilling)) {
      await recordUnchanged(dataSource, country, this.#countedDay, lastingProblems);
      return { rejected: [], growth: 0, entries: this.#entries };
    }
    // A feed that does not end does so until its end was read.
    if (page.hasNextPage || this.#isEndless()) lastingProblems.push('NOT_ENDING');
    const applied = await applyPage(dataSource, this.#source, {
      after,
      page,
      changes,
      lastingProblems,
      hasNoEnd: this.#isEndless() || this.#isRestarting(),
      waits,
      limits,
    });
    const [first] = applied.rejected;
    if (first)
      this.#log('rejected', (suppressed) => {
        const { subject, subjectId, reason } = first;
        logger.warn(
          { country, rejected: applied.rejected.length, subject, subjectId, reason, suppressed },
          'rejected entries of a feed, of which this is the first',
        );
      });
    onPage?.(country, page.count);
    return applied;
  }

  /** Reads the feed from its start. A feed that restarts repeatedly is never read to its end: that is a failure. */
  async #restart(after: string | null, error: FeedChangedError): Promise<void> {
    const { dataSource, logger } = this.#options;
    const country = this.#source.code;
    logger.info({ country }, 'the feed has restarted');
    await dataSource.query(`UPDATE catalogue SET cursor = NULL WHERE country = $1 AND cursor = $2`, [country, after]);
    this.#restartedAt = [...this.#restartedAt, performance.now()];
    this.#restarts += 1;
    if (this.#restarts > 1 || after === null) throw error;
  }

  /** Requests fewer entries, and finally a single one without its content. */
  #requestLess(error: PageTooLargeError): void {
    this.#takeTime(error.size);
    if (!this.#withContents) {
      // Too large even without contents: the entry is not the reason, but the response. No entry may be left out for that.
      this.#pageSize = this.#options.limits.pageSize;
      this.#withContents = true;
      throw error;
    }
    this.#withContents = this.#pageSize > 1;
    this.#pageSize = Math.ceil(this.#pageSize / 4);
  }
}

/** Records that a feed was read to its end and had nothing new. */
async function recordUnchanged(
  dataSource: DataSource,
  country: string,
  countedDay: string,
  lastingProblems: readonly FeedProblemCode[],
): Promise<void> {
  if (countedDay !== today()) await inExclusiveTransaction(dataSource, (run) => recountForDay(run, today()));
  await dataSource.query(
    `UPDATE catalogue SET read_at = now(), problem = CASE WHEN problem ->> 'code' = ANY ($2) THEN problem END
    WHERE country = $1`,
    [country, lastingProblems],
  );
}
