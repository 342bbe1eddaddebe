import type { DataSource } from 'typeorm';

import type { Logger } from '../../kit/observability/logger.js';
import { today } from '../../shared/dates.js';
import { inExclusiveTransaction } from '../derive/exclusive-transaction.js';
import { recountForDay } from '../derive/recount-for-day.js';
import type { FeedLimits } from '../feed/limits.js';
import {
  FeedChangedError,
  type FeedPage,
  type FeedSource,
  PageTooLargeError,
  readFeedPage,
} from '../feed/read-feed-page.js';
import { applyPage, type FeedState } from './apply-page.js';
import { createEntryValidator } from './validate-entries.js';

export interface FeedReaderOptions {
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly limits: FeedLimits;
  readonly signal: AbortSignal;
  /** Called for every page that was taken into the index. */
  readonly onPage?: ((country: string, entries: number) => void) | undefined;
}

/** Reads a country's feed page by page into the index. */
export class FeedReader {
  readonly #source: FeedSource;
  readonly #options: FeedReaderOptions;
  readonly #validate: ReturnType<typeof createEntryValidator>;
  #pageSize: number;
  #withContents = true;
  /** How often in succession the country could not read some of its own entries. */
  #unreadablePages = 0;
  /** How often in succession the feed restarted before it was read to its end. */
  #restarts = 0;
  #countedDay = '';

  constructor(source: FeedSource, options: FeedReaderOptions) {
    this.#source = source;
    this.#options = options;
    this.#validate = createEntryValidator(source.code);
    this.#pageSize = options.limits.pageSize;
  }

  /** Reads the next page, if it can, and reports whether the feed was read to its end. */
  async readNext(): Promise<boolean> {
    const { dataSource } = this.#options;
    const [state] = await dataSource.query<FeedState[]>(
      `SELECT feed, cursor, swept FROM catalogue WHERE country = $1`,
      [this.#source.code],
    );
    const after = state?.cursor ?? null;
    try {
      const page = await this.#readPage(after);
      await this.#apply(page, after, state);
      this.#countedDay = today();
      this.#pageSize = Math.min(this.#options.limits.pageSize, this.#pageSize * 2);
      this.#withContents = true;
      if (!page.hasNextPage) this.#restarts = 0;
      return !page.hasNextPage;
    } catch (error) {
      if (error instanceof FeedChangedError) await this.#restart(after, error);
      else if (error instanceof PageTooLargeError) this.#requestLess(error);
      else throw error;
      return false;
    }
  }

  async #readPage(after: string | null): Promise<FeedPage> {
    const { limits, signal } = this.#options;
    const page = await readFeedPage(this.#source, {
      after,
      first: this.#pageSize,
      withContents: this.#withContents,
      limits,
      signal,
    });
    const advances = page.cursor !== null && page.cursor !== after && page.entries.length > 0;
    if (page.hasNextPage && !advances)
      throw new Error('the feed announces another page, but its cursor does not advance');
    this.#unreadablePages = page.hasUnreadableEntries ? this.#unreadablePages + 1 : 0;
    if (page.hasUnreadableEntries && this.#unreadablePages < limits.maxAttempts)
      throw new Error('the country could not read some of its own entries');
    return page;
  }

  async #apply(page: FeedPage, after: string | null, state: FeedState | undefined): Promise<void> {
    const { dataSource, logger, onPage } = this.#options;
    const country = this.#source.code;
    if (page.entries.length === 0 && state?.feed === page.feed && state.swept) {
      await recordUnchanged(dataSource, country, this.#countedDay);
      return;
    }
    const rejected = await applyPage(dataSource, country, { after, page, validate: this.#validate });
    if (rejected > 0) logger.warn({ country, rejected }, 'rejected entries of a feed');
    onPage?.(country, page.entries.length);
  }

  /** Reads the feed from its start. A feed that restarts repeatedly is never read to its end: that is a failure. */
  async #restart(after: string | null, error: FeedChangedError): Promise<void> {
    const { dataSource, logger } = this.#options;
    const country = this.#source.code;
    logger.info({ country }, 'the feed has restarted');
    await dataSource.query(`UPDATE catalogue SET cursor = NULL WHERE country = $1 AND cursor = $2`, [country, after]);
    this.#restarts += 1;
    if (this.#restarts > 1 || after === null) throw error;
  }

  /** Requests fewer entries, and finally a single one without its content. */
  #requestLess(error: PageTooLargeError): void {
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
async function recordUnchanged(dataSource: DataSource, country: string, countedDay: string): Promise<void> {
  if (countedDay !== today()) await inExclusiveTransaction(dataSource, (run) => recountForDay(run, today()));
  await dataSource.query(`UPDATE catalogue SET read_at = now(), failed_since = NULL WHERE country = $1`, [country]);
}
