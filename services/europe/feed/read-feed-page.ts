import { z } from 'zod';

import type { Country } from '../../../schema/values/countries.js';
import { newTraceparent } from '../../kit/observability/trace-context.js';
import { feedQuery } from './feed-query.js';
import { language, moment } from './field-schemas.js';
import type { FeedLimits } from './limits.js';

/** Where the feed of a country is read. */
export interface FeedSource extends Pick<Country, 'code' | 'folder'> {
  readonly url: string;
  /** What is shown there. Default: nothing. */
  readonly secret?: string | undefined;
}

/** A page of a feed, its entries not yet looked at. */
export interface FeedPage {
  readonly languages: readonly string[];
  readonly feed: string;
  readonly cursor: string | null;
  readonly hasNextPage: boolean;
  readonly entries: readonly RawEntry[];
  /** Whether the country could not read some of them. Asked again, it may. */
  readonly hasUnreadableEntries: boolean;
}

export interface RawEntry {
  readonly at: string;
  readonly kind: 'UPSERT' | 'DELETE';
  readonly subject: string;
  readonly subjectId: string;
  /** What it is of, as the country gives it. Null when it is gone, or was too large to be read. */
  readonly content: unknown;
  /** Why it cannot be taken, whatever it is of: the country could not read it, or it is no entry. Null: it can. */
  readonly problem: string | null;
}

/** The feed began anew since the cursor was given. */
export class FeedChangedError extends Error {}

/** A page is larger than is read at once. */
export class PageTooLargeError extends Error {}

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
 * @throws FeedChanged, PageTooLarge, or any other error when the country does not answer with a page.
 */
export async function readFeedPage(
  source: FeedSource,
  {
    after,
    first,
    withContents,
    limits,
    signal,
  }: {
    readonly after: string | null;
    readonly first: number;
    readonly withContents: boolean;
    readonly limits: FeedLimits;
    readonly signal: AbortSignal;
  },
): Promise<FeedPage> {
  const response = await fetch(source.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(source.secret === undefined ? {} : { authorization: `Bearer ${source.secret}` }),
      // A page may take longer than the country would give to a request that says nothing.
      'x-deadline-ms': String(limits.timeoutMs),
      // Every country is asked twice a second, which would drown what is worth recording.
      traceparent: newTraceparent(false),
    },
    body: JSON.stringify({ query: feedQuery(source, withContents), variables: { after, first } }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]),
  });
  const answer = JSON.parse(await readBounded(response, limits.maxPageBytes)) as {
    data?: { catalogue?: unknown };
    errors?: unknown;
  };
  const errors = graphqlErrors.parse(answer.errors ?? []);
  // A country whose release writes cursors otherwise than the one before is read anew as well.
  const anew = ['FEED_CHANGED', 'INVALID_CURSOR'];
  if (errors.some(({ extensions }) => anew.includes(String(extensions?.code)))) throw new FeedChangedError();
  const page = envelope.safeParse(answer.data?.catalogue);
  if (!page.success) throw new Error(`the answer (status ${response.status}) is no page of a change feed`);
  const { languages, changes } = page.data;
  return {
    languages,
    feed: changes.feedId,
    cursor: changes.pageInfo.endCursor,
    hasNextPage: changes.pageInfo.hasNextPage,
    entries: changes.nodes.map((node, index) => toRawEntry(node, withContents, findEntryError(errors, index))),
    hasUnreadableEntries: withContents && changes.nodes.some((_node, index) => findEntryError(errors, index) !== null),
  };
}

/** When something was refused that does not say since when it is so: always the same, as the index is of the same feed. */
const unknownMoment = '1970-01-01T00:00:00Z';

function toRawEntry(node: unknown, withContents: boolean, fault: string | null): RawEntry {
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
      problem: fault ?? (field === undefined ? 'is no entry' : `is no entry: its ${String(field)} is malformed`),
    };
  }
  const { at, kind, subject, subjectId } = data;
  return {
    at,
    kind,
    subject,
    subjectId,
    content: (Object.hasOwn(contentFields, subject) ? data[contentFields[subject] ?? ''] : null) ?? null,
    problem: withContents || kind === 'DELETE' ? fault : 'is too large to be read',
  };
}

const contentFields: Readonly<Record<string, string>> = {
  ADMINISTRATION: 'administration',
  CONSORTIUM: 'consortium',
  MEMBERSHIP: 'membership',
  CLAIM: 'claim',
  RECORD: 'record',
  PORTFOLIO: 'portfolioEntry',
  ADOPTION: 'adoption',
};

/** `catalogue.changes.nodes.7.record…`: an error that concerns one entry alone. */
function findEntryError(errors: z.output<typeof graphqlErrors>, index: number): string | null {
  const found = errors.find(({ path }) => path?.[2] === 'nodes' && path[3] === index);
  return found ? `its country could not read it: ${found.message.slice(0, 200)}` : null;
}

/** The body of an answer. Throws PageTooLarge when it is larger than that. */
export async function readBounded(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > most) throw new PageTooLargeError();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}
