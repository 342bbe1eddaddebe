import { feedQuery } from '../../../services/europe/feed/feed-query.js';
import { createEntryValidator } from '../../../services/europe/harvest/validate-entries.js';
import { readFeedPage } from '../../../services/europe/feed/read-feed-page.js';
import { defaultFeedLimits } from '../../../services/europe/feed/limits.js';
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

/** The most pages of the feed that a check reads. */
const maxPages = 40;

const page = (subject: Subject, after: unknown, first: number): Promise<QueryResult> =>
  subject.queryCatalogue(selection, { after, first }, declared);

/** Reads this many entries from the start of the feed, in pages of this size; returns the id and subject of each. */
async function readEntries(subject: Subject, first: number, maxEntries: number) {
  const entries: string[] = [];
  const feeds = new Set<unknown>();
  let result = await page(subject, null, first);
  for (let count = 0; count < maxPages; count += 1) {
    const changes = at(result.data, 'catalogue', 'changes');
    feeds.add(at(changes, 'feedId'));
    entries.push(
      ...listAt(changes, 'nodes').map(
        (node) => `${String(at(node, 'id'))} ${String(at(node, 'subject'))} ${String(at(node, 'subjectId'))}`,
      ),
    );
    if (at(changes, 'pageInfo', 'hasNextPage') !== true || entries.length >= maxEntries) break;
    result = await page(subject, at(changes, 'pageInfo', 'endCursor'), first);
  }
  return { entries: entries.slice(0, maxEntries), feeds, last: result };
}

export const feedChecks: readonly Check[] = [
  {
    name: 'feed: pages of any size give the same entries in the same order, of one feed',
    why: 'Europe reads the feed page by page; an entry missed between two pages is lost forever.',
    run: async (subject) => {
      const maxEntries = 120;
      const large = await readEntries(subject, 1000, maxEntries);
      if (large.entries.length === 0) return null;
      const small = await readEntries(subject, 7, maxEntries);
      const subjects = large.entries.map((entry) => entry.slice(entry.indexOf(' ')));
      return [
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
      const { last, feeds } = await readEntries(subject, 1000, Infinity);
      const changes = at(last.data, 'catalogue', 'changes');
      const end = at(changes, 'pageInfo', 'endCursor');
      if (typeof end !== 'string' || at(changes, 'pageInfo', 'hasNextPage') === true) return null;
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
    name: 'feed: Europe accepts every entry into its index',
    why: 'Europe rejects entries that are malformed, too large or of another country; no query finds them.',
    run: async (subject) => {
      const validate = createEntryValidator(subject.code);
      const findings: Finding[] = [];
      let after: string | null = null;
      for (let count = 0; count < maxPages && findings.length < 20; count += 1) {
        const read = await readFeedPage(subject, {
          after,
          first: defaultFeedLimits.pageSize,
          withContents: true,
          limits: defaultFeedLimits,
          signal: AbortSignal.timeout(60_000),
        });
        if (read.entries.length === 0 && count === 0) return null;
        for (const rejected of validate(read.entries).rejected) {
          findings.push({
            request: `${feedQuery(subject, true).trim().split('\n', 1)[0] ?? ''} … with ${JSON.stringify({ after })}`,
            expected: `${rejected.subject} ${rejected.subjectId} as the contract describes it`,
            received: rejected.reason,
          });
        }
        if (!read.hasNextPage) break;
        after = read.cursor;
      }
      return findings;
    },
  },
  {
    name: 'feed: it contains everything that is listed',
    why: 'The feed is the only source of Europe’s index.',
    run: async (subject) => {
      const { entries, last } = await readEntries(subject, 1000, Infinity);
      if (at(last.data, 'catalogue', 'changes', 'pageInfo', 'hasNextPage') === true) return null;
      const listed = await subject.queryCatalogue(
        'administrations(first: 20) { nodes { id } } consortia(first: 20) { nodes { id } } records(first: 20) { nodes { id } }',
      );
      const ids = ['administrations', 'consortia', 'records'].flatMap((list) =>
        listAt(listed.data, 'catalogue', list, 'nodes').map((node) => String(at(node, 'id'))),
      );
      if (ids.length === 0) return null;
      const inFeed = new Set(entries.map((entry) => entry.slice(entry.lastIndexOf(' ') + 1)));
      const missing = ids.filter((id) => !inFeed.has(id));
      return findUnless(missing.length === 0, listed, 'an entry in the feed for each of them', missing);
    },
  },
];
