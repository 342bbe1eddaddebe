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

const mostPages = 40;

const page = (subject: Subject, after: unknown, first: number): Promise<QueryResult> =>
  subject.queryCatalogue(selection, { after, first }, declared);

/** So many entries from the start, in pages of this size: what each is of. */
async function walk(subject: Subject, first: number, most: number) {
  const entries: string[] = [];
  const feeds = new Set<unknown>();
  let answer = await page(subject, null, first);
  for (let count = 0; count < mostPages; count += 1) {
    const changes = at(answer.data, 'catalogue', 'changes');
    feeds.add(at(changes, 'feedId'));
    entries.push(
      ...listAt(changes, 'nodes').map(
        (node) => `${String(at(node, 'id'))} ${String(at(node, 'subject'))} ${String(at(node, 'subjectId'))}`,
      ),
    );
    if (at(changes, 'pageInfo', 'hasNextPage') !== true || entries.length >= most) break;
    answer = await page(subject, at(changes, 'pageInfo', 'endCursor'), first);
  }
  return { entries: entries.slice(0, most), feeds, last: answer };
}

export const feedChecks: readonly Check[] = [
  {
    name: 'feed: pages of any size give the same entries in the same order, of one feed',
    why: 'Europe follows by pages; an entry that slips between two is lost for good.',
    run: async (subject) => {
      const most = 120;
      const large = await walk(subject, 1000, most);
      if (large.entries.length === 0) return null;
      const small = await walk(subject, 7, most);
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
          'only the latest change of each thing',
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
    name: 'feed: behind its end is an empty page of the same feed',
    why: 'Europe asks there twice a second, and must not read everything anew.',
    run: async (subject) => {
      const { last, feeds } = await walk(subject, 1000, Infinity);
      const changes = at(last.data, 'catalogue', 'changes');
      const end = at(changes, 'pageInfo', 'endCursor');
      if (typeof end !== 'string' || at(changes, 'pageInfo', 'hasNextPage') === true) return null;
      const behind = await page(subject, end, 10);
      const found = at(behind.data, 'catalogue', 'changes');
      return findUnless(
        listAt(found, 'nodes').length === 0 &&
          at(found, 'pageInfo', 'hasNextPage') === false &&
          at(found, 'feedId') === [...feeds][0],
        behind,
        'no entries, hasNextPage false, the same feedId',
      );
    },
  },
  {
    name: 'feed: an invalid cursor is rejected, and so are too many entries at once',
    why: 'Europe reads a feed anew when its cursor is refused; a cursor that is passed over would repeat or skip.',
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
    name: 'feed: Europe takes every entry into its index',
    why: 'What is malformed, too large or of another country is refused there, and found by nobody.',
    run: async (subject) => {
      const accept = createEntryValidator(subject.code);
      const findings: Finding[] = [];
      let after: string | null = null;
      for (let count = 0; count < mostPages && findings.length < 20; count += 1) {
        const read = await readFeedPage(subject, {
          after,
          first: defaultFeedLimits.pageSize,
          withContents: true,
          limits: defaultFeedLimits,
          signal: AbortSignal.timeout(60_000),
        });
        if (read.entries.length === 0 && count === 0) return null;
        for (const refused of accept(read.entries).rejected) {
          findings.push({
            request: `${feedQuery(subject, true).trim().split('\n', 1)[0] ?? ''} … with ${JSON.stringify({ after })}`,
            expected: `${refused.subject} ${refused.subjectId} as the contract describes it`,
            received: refused.reason,
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
    why: 'Europe knows of nothing else.',
    run: async (subject) => {
      const { entries, last } = await walk(subject, 1000, Infinity);
      if (at(last.data, 'catalogue', 'changes', 'pageInfo', 'hasNextPage') === true) return null;
      const listed = await subject.queryCatalogue(
        'administrations(first: 20) { nodes { id } } consortia(first: 20) { nodes { id } } records(first: 20) { nodes { id } }',
      );
      const ids = ['administrations', 'consortia', 'records'].flatMap((list) =>
        listAt(listed.data, 'catalogue', list, 'nodes').map((node) => String(at(node, 'id'))),
      );
      if (ids.length === 0) return null;
      const told = new Set(entries.map((entry) => entry.slice(entry.lastIndexOf(' ') + 1)));
      const missing = ids.filter((id) => !told.has(id));
      return findUnless(missing.length === 0, listed, 'an entry of the feed for each', missing);
    },
  },
];
