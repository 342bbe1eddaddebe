import { z } from 'zod';

import type { Country } from '../../../schema/values/countries.js';
import { countMarks } from '../../kit/graphql/json-size.js';
import { readBoundedBytes } from '../../kit/http/read-bounded.js';
import { newTraceparent } from '../../kit/observability/trace-context.js';
import { runWithTimeout } from '../../kit/run-with-timeout.js';
import { FeedProblemError } from './feed-problem.js';
import { feedQuery } from './feed-query.js';
import { language, moment } from './field-schemas.js';
import type { FeedLimits } from './limits.js';

/** Where the feed of a country is read. */
export interface FeedSource extends Pick<Country, 'code' | 'folder'> {
  readonly url: string;
  /** Sent as a bearer token. Default: none. */
  readonly secret?: string | undefined;
  /** The number of entries that its catalogue may have in any case, however fast it grows. Default: none. */
  readonly allowedEntries?: number | undefined;
}

/** A page of a feed; the contents of its entries are not validated yet. */
export interface FeedPage {
  readonly languages: readonly string[];
  readonly feed: string;
  readonly cursor: string | null;
  readonly hasNextPage: boolean;
  readonly entries: readonly RawEntry[];
  /** Whether the country could not read some of them. It may be able to when the page is requested again. */
  readonly hasUnreadableEntries: boolean;
  /** Whether code lists and needs were requested. */
  readonly withNeeds: boolean;
  /** The length of the response. */
  readonly size: number;
}

export interface RawEntry {
  readonly at: string;
  readonly kind: 'UPSERT' | 'DELETE';
  readonly subject: string;
  readonly subjectId: string;
  /** Its content as the country gives it. Null if its subject was deleted, or if there is a problem. */
  readonly content: unknown;
  /** Why it is rejected whatever it contains: the country could not read it, or it is not a valid entry. Null if there is no reason. */
  readonly problem: string | null;
}

/** The feed has restarted since the cursor was issued. */
export class FeedChangedError extends FeedProblemError {
  constructor() {
    super('NOT_ADVANCING', 'The feed restarts before it is read to its end.');
  }
}

/** The country executes no part of the query: it may not know all of its fields. */
export class FeedQueryRejectedError extends FeedProblemError {
  constructor(message: string) {
    super('INVALID_PAGE', message);
  }
}

/** A page is larger than the limit, or has too many values. */
export class PageTooLargeError extends FeedProblemError {
  /** How much of it was read. */
  readonly size: number;

  constructor(size: number) {
    super('INVALID_PAGE', 'A page of the feed is too large, however few entries are requested.');
    this.size = size;
  }
}

const text = z.string().max(1000);
const envelope = z.object({
  languages: z.array(language).max(50),
  changes: z.object({
    feedId: text.min(1),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(4000).nullable() }),
    nodes: z.array(z.unknown()),
  }),
});

const entry = z.looseObject({
  at: moment,
  kind: z.enum(['UPSERT', 'DELETE']),
  subject: text,
  subjectId: z.string(),
});

const graphqlErrors = z.array(
  z.object({
    message: z.string().default(''),
    path: z.array(z.union([z.string(), z.number()])).optional(),
    extensions: z.object({ code: z.unknown() }).optional(),
  }),
);

/**
 * Reads one page of a country's change feed.
 *
 * @throws FeedChangedError, PageTooLargeError, another FeedProblemError when the response is not a page or does not advance, or an
 *   error of the network.
 */
export async function readFeedPage(
  source: FeedSource,
  {
    after,
    first,
    withContents,
    withNeeds,
    limits,
    signal,
  }: {
    readonly after: string | null;
    readonly first: number;
    readonly withContents: boolean;
    readonly withNeeds: boolean;
    readonly limits: FeedLimits;
    readonly signal: AbortSignal;
  },
): Promise<FeedPage> {
  const { response, body } = await runWithTimeout(limits.timeoutMs, signal, async (timedSignal) => {
    const received = await fetch(source.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(source.secret === undefined ? {} : { authorization: `Bearer ${source.secret}` }),
        // A page may take longer than the country's default deadline.
        'x-deadline-ms': String(limits.timeoutMs),
        // Each feed is requested twice a second; recording these requests would drown the traces that matter.
        traceparent: newTraceparent(false),
      },
      body: JSON.stringify({ query: feedQuery(source, { withContents, withNeeds }), variables: { after, first } }),
      redirect: 'error',
      signal: timedSignal,
    });
    return { response: received, body: await readPageBody(received, limits.maxPageBytes) };
  });
  if (countMarks(body, limits.maxPageValues) > limits.maxPageValues) throw new PageTooLargeError(body.length);
  const notAPage = new FeedProblemError(
    isTemporary(response.status) ? 'UNREACHABLE' : 'INVALID_PAGE',
    `The response (status ${response.status}) is not a page of a change feed.`,
  );
  const { data, errors } = parseBody(body.toString(), notAPage);
  // A country whose new release encodes cursors in another way is also read from its start.
  const restartCodes = ['FEED_CHANGED', 'INVALID_CURSOR'];
  if (errors.some(({ extensions }) => restartCodes.includes(String(extensions?.code)))) throw new FeedChangedError();
  const page = envelope.safeParse(data);
  if (!page.success) {
    const isRejected = data == null && errors.length > 0 && !isTemporary(response.status);
    throw isRejected ? new FeedQueryRejectedError(notAPage.message) : notAPage;
  }
  const { languages, changes } = page.data;
  if (changes.nodes.length > first)
    throw new FeedProblemError(
      'INVALID_PAGE',
      `The page has ${changes.nodes.length} entries, but at most ${first} were requested.`,
    );
  checkAdvance(after, changes);
  const entryErrors = findEntryErrors(errors);
  return {
    languages,
    feed: changes.feedId,
    cursor: changes.pageInfo.endCursor,
    hasNextPage: changes.pageInfo.hasNextPage,
    entries: changes.nodes.map((node, index) => toRawEntry(node, withContents, entryErrors.get(index) ?? null)),
    hasUnreadableEntries: withContents && changes.nodes.some((_node, index) => entryErrors.has(index)),
    withNeeds,
    size: body.length,
  };
}

/**
 * Without a new position, Europe would read the same entries again at each request.
 *
 * @throws FeedProblemError NOT_ADVANCING
 */
function checkAdvance(after: string | null, { pageInfo, nodes }: z.output<typeof envelope>['changes']): void {
  const { hasNextPage, endCursor } = pageInfo;
  if (nodes.length > 0 && endCursor !== null && endCursor !== after) return;
  if (hasNextPage)
    throw new FeedProblemError(
      'NOT_ADVANCING',
      'The feed announces another page, but the page has no entries or its position does not advance.',
    );
  if (nodes.length > 0)
    throw new FeedProblemError(
      'NOT_ADVANCING',
      'The page has entries, but its endCursor is null or the position that was requested: they would be read again and again.',
    );
}

const responseBody = z.object({
  data: z.looseObject({ catalogue: z.unknown().optional() }).nullish(),
  errors: graphqlErrors.nullish(),
});

/** Whether a country that is starting, restarting or overloaded responds in this way. */
const isTemporary = (status: number): boolean => status === 429 || status >= 500;

function parseBody(
  text: string,
  notAPage: FeedProblemError,
): { data: unknown; errors: z.output<typeof graphqlErrors> } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw notAPage;
  }
  const { success, data } = responseBody.safeParse(parsed);
  if (!success) throw notAPage;
  return { data: data.data?.catalogue, errors: data.errors ?? [] };
}

/** The moment of a rejected entry without one: a constant, because the index is a function of the feeds. */
const unknownMoment = '1970-01-01T00:00:00Z';

function toRawEntry(node: unknown, withContents: boolean, problem: string | null): RawEntry {
  const { success, data, error } = entry.safeParse(node);
  if (!success) {
    const { subject, subjectId } = z.looseObject({}).catch({}).parse(node);
    const field = error.issues[0]?.path[0];
    return {
      at: unknownMoment,
      kind: 'UPSERT',
      subject: text.catch('').parse(subject),
      subjectId: z.string().catch('').parse(subjectId),
      content: null,
      problem:
        problem ??
        (field === undefined ? 'is not a valid entry' : `is not a valid entry: its ${String(field)} is malformed`),
    };
  }
  const { at, kind, subject, subjectId } = data;
  const field = Object.hasOwn(contentFields, subject) ? contentFields[subject] : undefined;
  const content = (field === undefined ? null : data[field]) ?? null;
  const ownProblem = !withContents
    ? 'is too large'
    : content === null && field !== undefined
      ? `is an UPSERT without content: its ${field} is null`
      : null;
  return { at, kind, subject, subjectId, content, problem: problem ?? (kind === 'DELETE' ? null : ownProblem) };
}

const contentFields: Readonly<Record<string, string>> = {
  ADMINISTRATION: 'administration',
  CONSORTIUM: 'consortium',
  MEMBERSHIP: 'membership',
  CLAIM: 'claim',
  RECORD: 'record',
  PORTFOLIO: 'portfolioEntry',
  ADOPTION: 'adoption',
  CODE_LIST: 'codeList',
  CODE: 'code',
  CODE_MAPPING: 'codeMapping',
  NEED: 'need',
  NEED_HOLDER: 'needHolder',
  TERMS: 'terms',
  CONTRACT: 'contract',
};

/** By entry. An error with the path `catalogue.changes.nodes.7.record…` concerns one entry alone. */
function findEntryErrors(errors: z.output<typeof graphqlErrors>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { path, message } of errors) {
    const index = path?.[2] === 'nodes' ? path[3] : undefined;
    if (typeof index === 'number' && !found.has(index))
      found.set(index, `its country could not read it: ${message.slice(0, 200)}`);
  }
  return found;
}

/** The body of a response. Throws PageTooLargeError if it is larger than `maxBytes`. */
export const readPageBody = (response: Response, maxBytes: number): Promise<Buffer> =>
  readBoundedBytes(response.body, maxBytes, () => new PageTooLargeError(maxBytes));
