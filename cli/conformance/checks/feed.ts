import { FeedProblemError } from '../../../services/europe/feed/feed-problem.js';
import { feedQuery } from '../../../services/europe/feed/feed-query.js';
import { createEntryValidator } from '../../../services/europe/harvest/validate-entries.js';
import {
  type FeedPage,
  FeedQueryRejectedError,
  PageTooLargeError,
  readFeedPage,
} from '../../../services/europe/feed/read-feed-page.js';
import { defaultFeedLimits } from '../../../services/europe/feed/limits.js';
import { hasList } from './lists.js';
import {
  type QueryResult,
  at,
  type Check,
  type Finding,
  listAt,
  type Subject,
  findUnless,
  findUnlessRejected,
} from '../subject.js';

const selection = `changes(after: $after, first: $first) {
  feedId pageInfo { hasNextPage endCursor } edges { cursor } nodes { id at kind subject subjectId } }`;
const declared = '($after: String, $first: Int)';

/** The most pages of the feed that a check reads: a million entries. */
const maxPages = 1000;

const page = (subject: Subject, after: unknown, first: number): Promise<QueryResult> =>
  subject.queryCatalogue(selection, { after, first }, declared);

/** The entries of a feed, and what prevents Europe from reading further. */
interface FeedEntries {
  /** Of each entry: its id, subject and subjectId. */
  readonly entries: readonly string[];
  readonly feeds: ReadonlySet<unknown>;
  readonly last: QueryResult;
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
}

/** Reads this many entries from the start of the feed, in pages of this size, as long as each page leads to the next one. */
async function readEntries(subject: Subject, first: number, maxEntries: number): Promise<FeedEntries> {
  const entries = new Set<string>();
  const feeds = new Set<unknown>();
  const cursors = new Set<unknown>([null]);
  let cursor: unknown = null;
  for (let count = 1; ; count += 1) {
    const last = await page(subject, cursor, first);
    const changes = at(last.data, 'catalogue', 'changes');
    const own = listAt(changes, 'nodes').map(toKey);
    const isWhole = at(changes, 'pageInfo', 'hasNextPage') !== true;
    cursor = at(changes, 'pageInfo', 'endCursor') ?? null;
    const findings = [
      ...findUnless(typeof at(changes, 'feedId') === 'string', last, 'a page of the feed, with its feedId'),
      ...findUnless(isWhole || own.length > 0, last, 'entries on a page with hasNextPage true'),
      ...findUnless(
        own.length === 0 || !cursors.has(cursor),
        last,
        'an endCursor of the last entry, which no page before had',
        at(changes, 'pageInfo'),
      ),
      ...findUnless(own.length <= first, last, `at most ${first} entries`, `${own.length} entries`),
      ...findUnless(!own.some((key) => entries.has(key)), last, 'entries that no page before had', own),
    ];
    feeds.add(at(changes, 'feedId'));
    cursors.add(cursor);
    for (const key of own) entries.add(key);
    if (isWhole || findings.length > 0 || entries.size >= maxEntries || count === maxPages)
      return { entries: [...entries].slice(0, maxEntries), feeds, last, isWhole, findings };
  }
}

const toKey = (node: unknown): string =>
  ['id', 'subject', 'subjectId'].map((field) => String(at(node, field))).join(' ');

/** Reads the whole feed as Europe does, and returns why it does not take a page or an entry. Null if there are no entries. */
async function readAsEurope(subject: Subject): Promise<Finding[] | null> {
  const validate = createEntryValidator(subject.code);
  const findings: Finding[] = [];
  let { pageSize } = defaultFeedLimits;
  let wasAtEnd = false;
  // A subgraph of an earlier contract has no code lists and needs.
  let withNeeds = true;
  const seen = new Set<string>();
  let [after, feed]: [string | null, string | null] = [null, null];
  for (let count = 0; count < maxPages && findings.length < maxFindings; count += 1) {
    const request = `${feedQuery(subject, { withContents: true, withNeeds }).trim().split('\n', 1)[0] ?? ''} … with ${JSON.stringify({ after, first: pageSize })}`;
    const read: FeedPage | Error = await readFeedPage(subject, {
      after,
      first: pageSize,
      withContents: true,
      withNeeds,
      limits: defaultFeedLimits,
      signal: AbortSignal.timeout(60_000),
    }).catch((error: unknown) => error as Error);
    if (read instanceof PageTooLargeError && pageSize > 1) {
      pageSize = Math.ceil(pageSize / 4);
      continue;
    }
    if (read instanceof FeedQueryRejectedError && withNeeds) {
      withNeeds = false;
      continue;
    }
    if (read instanceof Error) {
      const received = read instanceof FeedProblemError ? `${read.code}: ${read.message}` : read.message;
      return [...findings, { request, expected: 'a page that Europe can read', received }];
    }
    if (read.entries.length === 0 && count === 0) return null;
    if (read.feed !== (feed ??= read.feed))
      return [...findings, { request, expected: `the feedId of the first page, ${feed}`, received: read.feed }];
    for (const { subject: type, subjectId, reason } of (await validate(read.entries)).rejected)
      findings.push({
        request,
        expected: `${type} ${subjectId} as the contract describes it`,
        received: reason,
      });
    const keys = read.entries.map(({ subject: type, subjectId, at: moment }) => `${type} ${subjectId} ${moment}`);
    if (keys.length > 0 && keys.every((key) => seen.has(key)))
      return [
        ...findings,
        { request, expected: 'entries that no page before had', received: keys.slice(0, 5).join(', ') },
      ];
    for (const key of keys) seen.add(key);
    // After the end it is read once more, from where Europe will poll it.
    if (wasAtEnd) break;
    wasAtEnd = !read.hasNextPage;
    after = read.cursor;
  }
  return findings;
}

/** The most rejected entries that are listed. */
const maxFindings = 20;

export const feedChecks: readonly Check[] = [
  {
    name: 'feed: pages of any size lead to the end, with the same entries in the same order, of one feed',
    why: 'Europe reads the feed page by page; an entry missed between two pages is lost forever.',
    run: async (subject) => {
      const maxEntries = 120;
      const large = await readEntries(subject, 1000, maxEntries);
      if (large.entries.length === 0) return large.findings.length > 0 ? large.findings : null;
      const small = await readEntries(subject, 7, maxEntries);
      const subjects = large.entries.map((entry) => entry.slice(entry.indexOf(' ')));
      return [
        ...large.findings,
        ...small.findings,
        ...findUnless(
          JSON.stringify(small.entries) === JSON.stringify(large.entries),
          small.last,
          'the same entries in pages of 7 as in pages of 1000',
          small.entries,
        ),
        ...findUnless(
          new Set(subjects).size === subjects.length,
          large.last,
          'only the latest change of each subject',
          subjects,
        ),
        ...findUnless(
          large.feeds.size === 1 && small.feeds.size === 1 && [...large.feeds][0] === [...small.feeds][0],
          small.last,
          'one feedId on every page',
          [...large.feeds, ...small.feeds],
        ),
      ];
    },
  },
  {
    name: 'feed: after its end there is an empty page of the same feed',
    why: 'Europe polls there twice a second, and must not read everything again.',
    run: async (subject) => {
      const { last, feeds, isWhole, findings } = await readEntries(subject, 1000, Infinity);
      if (findings.length > 0) return findings;
      const end = at(last.data, 'catalogue', 'changes', 'pageInfo', 'endCursor');
      if (typeof end !== 'string' || !isWhole) return null;
      const afterEnd = await page(subject, end, 10);
      const found = at(afterEnd.data, 'catalogue', 'changes');
      return findUnless(
        listAt(found, 'nodes').length === 0 &&
          at(found, 'pageInfo', 'hasNextPage') === false &&
          at(found, 'feedId') === [...feeds][0],
        afterEnd,
        'no entries, hasNextPage false, the same feedId',
      );
    },
  },
  {
    name: 'feed: an invalid cursor is rejected, and so are too many entries at once',
    why: 'Europe reads the whole feed again when its cursor is rejected; an ignored cursor would repeat or skip entries.',
    run: async (subject) => {
      const cursor = await page(subject, 'no cursor', 10);
      const codes = cursor.errors.map(({ extensions }) => extensions?.['code']);
      return [
        ...findUnless(
          codes.some((code) => code === 'INVALID_CURSOR' || code === 'FEED_CHANGED'),
          cursor,
          'an error with extensions.code INVALID_CURSOR or FEED_CHANGED',
        ),
        ...findUnlessRejected(await page(subject, null, 1001), 'INVALID_ARGUMENT'),
      ];
    },
  },
  {
    name: 'feed: Europe can read it to its end, and accepts every entry into its index',
    why: 'Europe stops at a page that it cannot read, and rejects entries that are malformed, empty, too large or of another country.',
    run: readAsEurope,
  },
  {
    name: 'feed: it contains everything that is listed',
    why: 'The feed is the only source of Europe’s index.',
    run: async (subject) => {
      const { entries, isWhole, findings } = await readEntries(subject, 1000, Infinity);
      if (findings.length > 0) return findings;
      if (!isWhole) return null;
      const lists = ['administrations', 'consortia', 'records', 'codes', 'needs', 'terms', 'contracts'].filter((list) =>
        hasList(subject, list),
      );
      const listed = await subject.queryCatalogue(lists.map((list) => `${list}(first: 20) { nodes { id } }`).join(' '));
      const ids = lists.flatMap((list) =>
        listAt(listed.data, 'catalogue', list, 'nodes').map((node) => String(at(node, 'id'))),
      );
      if (ids.length === 0) return null;
      const inFeed = new Set(entries.map((entry) => entry.slice(entry.lastIndexOf(' ') + 1)));
      const missing = ids.filter((id) => !inFeed.has(id));
      return findUnless(missing.length === 0, listed, 'an entry in the feed for each of them', missing);
    },
  },
];
