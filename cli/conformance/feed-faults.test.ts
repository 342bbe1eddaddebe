import { readContract } from '../../schema/compose/subgraph-sources.js';
import { countrySdl } from '../../schema/sdl/subgraph-sdl.js';
import { followFeeds } from '../../services/europe/harvest/follow.js';
import { emptyIndex } from '../../services/europe/harvest/prepare-index.js';
import { startTestIndex, type TestIndex } from '../../services/europe/testing/test-index.js';
import type { Logger } from '../../services/kit/observability/logger.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { feedChecks } from './checks/feed.js';
import { describeSubgraph } from './examine.js';
import type { Finding, Subject } from './subject.js';
import { type Distortion, type Ruritania, startRuritania } from './yoga/start-ruritania.js';

// Each fault of a feed is found by `npm run conformance` before the country joins, and if it appears later, Europe's status and log
// show it. One subgraph and one index serve all faults.

const secret = 'the secret of Ruritania';
let ruritania: Ruritania;
let subject: Subject;
let index: TestIndex;
beforeAll(async () => {
  const country = {
    code: 'XR',
    name: 'Ruritania',
    folder: 'ruritania',
    adjective: 'Ruritanian',
    port: 0,
  };
  ruritania = await startRuritania(countrySdl(readContract(), country, ''), secret);
  subject = await describeSubgraph(ruritania.url, secret);
  index = await startTestIndex([subject]);
});
afterAll(async () => {
  await index.close();
  await ruritania.stop();
});
beforeEach(() => emptyIndex(index.database.dataSource));

interface Entry {
  id: string;
  at: string;
  kind: string;
  subject: string;
  subjectId: string;
  administration?: Record<string, unknown> | null;
  adoption?: Record<string, unknown> | null;
  consortium?: unknown;
}
interface Feed {
  feedId: string;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: (Entry | null)[];
}
interface Body {
  data: { catalogue: { languages: string[]; changes: Feed | null } | null } | null;
  errors?: unknown;
}

let responses = 0;
/** Changes each page of the feed. */
const distort =
  (change: (feed: Feed, body: Body) => void): Distortion =>
  (response, query) => {
    if (!query.includes('changes(')) return response;
    const body = JSON.parse(response) as Body;
    responses += 1;
    if (body.data?.catalogue?.changes) change(body.data.catalogue.changes, body);
    return JSON.stringify(body);
  };
/** Responds with the first page at every position. */
const repeat = (change: (feed: Feed) => void): Distortion => {
  const pages = new Map<boolean, string>();
  return (response, query) => {
    if (!query.includes('changes(')) return response;
    const withContents = query.includes('adoption {');
    pages.set(withContents, pages.get(withContents) ?? response);
    return distort(change)(pages.get(withContents) ?? '', query);
  };
};
/** Changes the entries of one subject. */
const distortEach = (subjectId: string, change: (entry: Entry, node: number, body: Body) => void): Distortion =>
  distort(({ nodes }, body) => {
    for (const [node, entry] of nodes.entries()) if (entry?.subjectId === subjectId) change(entry, node, body);
  });
const town = 'xr:administration:01';
const user = 'xr:adoption:02-minutes';
/** The fault, its distortion, what the check receives, and what Europe's status shows: the reason of a rejection, or a problem. */
const faults: readonly [string, Distortion, RegExp, RegExp | string][] = [
  [
    'an UPSERT without its object',
    distortEach(town, (entry) => (entry.administration = null)),
    /is an UPSERT without content: its administration is null/,
    /UPSERT without content/,
  ],
  [
    'an object in the field of another subject',
    distortEach(town, (entry) => ([entry.consortium, entry.administration] = [entry.administration, null])),
    /UPSERT without content/,
    /UPSERT without content/,
  ],
  [
    'an object with another id',
    distortEach(town, (entry) => (entry.administration = { ...entry.administration, id: 'xr:administration:99' })),
    /contains an object with another id/,
    /contains an object with another id/,
  ],
  [
    'an entry of another country',
    distortEach(town, (entry) => (entry.subjectId = 'zz:administration:01')),
    /is not an entry of XR/,
    /is not an entry of XR/,
  ],
  [
    'an unknown subject',
    distortEach(town, (entry) => (entry.subject = 'COMMUNE')),
    /subject that this index does not know/,
    /subject that this index does not know/,
  ],
  [
    'an unknown kind',
    distortEach(town, (entry) => (entry.kind = 'INSERT')),
    /its kind is malformed/,
    /its kind is malformed/,
  ],
  [
    'a malformed time',
    distortEach(town, (entry) => (entry.at = '1 March 2020')),
    /its at is malformed/,
    /its at is malformed/,
  ],
  [
    'an unknown enum value',
    distortEach(user, (entry) => (entry.adoption = { ...entry.adoption, status: 'USED' })),
    /status Invalid option/,
    /status Invalid option/,
  ],
  [
    'a day that does not exist',
    distortEach(
      user,
      (entry) =>
        (entry.adoption = {
          ...entry.adoption,
          during: {
            start: '2020-02-30',
            startPrecision: 'DAY',
            end: null,
            endPrecision: null,
            ended: false,
          },
        }),
    ),
    /during\.start is not/,
    /during\.start is not/,
  ],
  [
    'a name that is too long',
    distortEach(town, (entry) => (entry.administration = { ...entry.administration, name: 'x'.repeat(5_000) })),
    /name is longer than/,
    /name is longer than/,
  ],
  [
    'a name with control characters',
    distortEach(town, (entry) => (entry.administration = { ...entry.administration, name: 'Stre\u0007lau' })),
    /name is not/,
    /name is not/,
  ],
  [
    'an entry that it cannot read itself',
    distortEach(town, (_entry, node, body) => {
      body.errors = [{ message: 'a fault', path: ['catalogue', 'changes', 'nodes', node] }];
      if (body.data?.catalogue?.changes) body.data.catalogue.changes.nodes[node] = null;
    }),
    /its country could not read it: a fault/,
    /its country could not read it: a fault/,
  ],
  [
    'an empty page before the last one',
    distort((feed) => Object.assign(feed, { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'next' } })),
    /"hasNextPage":true/,
    'NOT_ADVANCING',
  ],
  [
    'a further page without a position',
    distort(({ pageInfo }) => Object.assign(pageInfo, { hasNextPage: true, endCursor: null })),
    /"endCursor":null/,
    'NOT_ADVANCING',
  ],
  [
    'a last page without a position',
    distort(({ pageInfo }) => (pageInfo.endCursor = null)),
    /"endCursor":null/,
    'NOT_ADVANCING',
  ],
  ['the same page at every position', repeat(() => undefined), /NOT_ADVANCING/, 'NOT_ADVANCING'],
  [
    'the same entries at ever new positions',
    repeat((feed) => {
      feed.pageInfo = { hasNextPage: true, endCursor: String(responses) };
    }),
    /xr:administration:01/,
    'NOT_ENDING',
  ],
  [
    'the same entries as a last page at ever new positions',
    repeat((feed) => {
      feed.pageInfo.endCursor = String(responses);
    }),
    /xr:administration:01/,
    'NOT_ENDING',
  ],
  [
    'a feedId that changes with every response',
    distort((feed) => (feed.feedId = `ruritania-${responses}`)),
    /ruritania-\d+/,
    'RESTARTING',
  ],
  [
    'positions that it rejects itself',
    distort(({ nodes }, body) => {
      if (nodes.length > 0) return;
      body.data = null;
      body.errors = [{ message: 'The cursor is of another release.', extensions: { code: 'INVALID_CURSOR' } }];
    }),
    /INVALID_CURSOR|restarts/,
    'RESTARTING',
  ],
  [
    'more entries than requested',
    distort((feed) => {
      if (feed.nodes[0]) feed.nodes = Array.from({ length: 1_001 }, () => feed.nodes[0] ?? null);
    }),
    /1001 entries/,
    'INVALID_PAGE',
  ],
  ['an empty feedId', distort((feed) => (feed.feedId = '')), /not a page of a change feed/, 'INVALID_PAGE'],
  [
    'a language that is not a tag',
    distort((_feed, body) => {
      if (body.data?.catalogue) body.data.catalogue.languages = ['Ruritanian!'];
    }),
    /not a page of a change feed/,
    'INVALID_PAGE',
  ],
  ['a page in HTML', (response, query) => (query.includes('changes(') ? '<html>' : response), /<html>/, 'INVALID_PAGE'],
];

const limits = {
  minRequestIntervalMs: 0,
  initialRetryMs: 1,
  maxRetryMs: 5,
  maxAttempts: 2,
  endlessPauseMs: 1,
  maxRepeatedEntries: 100,
};

interface Status {
  readonly state: string;
  readonly problem: { readonly code: string } | null;
  readonly refusals: readonly { readonly reason: string }[];
}
const readStatus = async (): Promise<Status | undefined> => {
  const { catalogueStatus } = (await index.query(
    '{ catalogueStatus { state problem { code } refusals { reason } } }',
  )) as { catalogueStatus: Status[] };
  return catalogueStatus[0];
};

/** Follows the feed until its status is as expected; returns what was logged. */
async function follow(isExpected: (status: Status) => boolean): Promise<string[]> {
  const logged: string[] = [];
  const log = (facts: object, message: string): void => void logged.push(`${JSON.stringify(facts)} ${message}`);
  const following = followFeeds({
    dataSource: index.database.dataSource,
    sources: [subject],
    logger: { info: log, warn: log } as unknown as Logger,
    intervalMs: 1,
    limits,
  });
  try {
    let last: Status | undefined;
    await waitUntil(`another status than ${JSON.stringify(last)}`, async () => {
      last = await readStatus();
      return last !== undefined && isExpected(last);
    });
  } finally {
    await following.stop();
  }
  return logged;
}

it.each(faults)(
  '%s is found by the checks, and shows in the status and the log of Europe, until it is corrected',
  async (_name, distortion, received, shown) => {
    ruritania.distortBy(distortion);
    const findings: Finding[] = [];
    for (const { run } of feedChecks) findings.push(...((await run(subject)) ?? []));
    expect(findings.map((finding) => finding.received)).toContainEqual(expect.stringMatching(received));
    for (const { request, expected } of findings) expect([request, expected]).not.toContain('');

    const isShown = ({ problem, refusals }: Status): boolean =>
      typeof shown === 'string' ? problem?.code === shown : refusals.some(({ reason }) => shown.test(reason));
    expect((await follow(isShown)).join('\n')).toMatch(shown);

    ruritania.distortBy(undefined);
    // A rejected entry stays rejected until the country sends it again; a page is read again at once.
    if (typeof shown === 'string') await follow(({ state, problem }) => state === 'OK' && problem === null);
  },
);

it('there are more than twenty', () => {
  expect(faults.length).toBeGreaterThan(20);
});
