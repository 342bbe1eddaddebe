import { readIndex } from './compare-indexes.js';
import { type FakeCountry, type FakeResponse, startFakeCountry } from './fake-country.js';
import { contents, type RawContent } from './feed-contents.js';
import { startTestIndex, type TestIndex } from './test-index.js';
import type { FollowOptions } from '../harvest/follow.js';

/** What the index reports of Denmark. */
interface FeedStatus {
  readonly state: string;
  readonly problem: { readonly code: string; readonly message: string; readonly since: string } | null;
  readonly refused: number;
  readonly refusals: readonly { subject: string; subjectId: string; reason: string; at: string }[];
}

/** An index that follows Denmark, whose feed tests fill with anything, and Belgium, of which nothing may change by that. */
export interface UntrustedFeed {
  /** Another one for each test: to the index its feed has restarted, so that nothing of the previous test is left. */
  readonly denmark: FakeCountry;
  readonly belgium: FakeCountry;
  readonly index: TestIndex;
  readonly catchUp: (options?: Partial<FollowOptions>) => Promise<void>;
  /** The ids of Denmark in a table. */
  readonly idsIn: (table: string) => Promise<string[]>;
  readonly status: () => Promise<FeedStatus>;
  /** Denmark's latest rejected entries, as `subject id: reason`. */
  readonly reasons: () => Promise<string[]>;
  /** The ids of all rejected entries of Denmark. */
  readonly rejectedIds: () => Promise<string[]>;
}

/** Options with which a failing country ends the first round at once. */
export const impatient = { graceMs: 0, limits: { initialRetryMs: 20, maxRetryMs: 100, maxAttempts: 2 } };

/** Sets up the index for the tests of a file, and checks after each test that Belgium's rows are unchanged. */
export function useUntrustedFeed(): UntrustedFeed {
  let denmark: FakeCountry;
  let belgium: FakeCountry;
  let index: TestIndex;
  let belgianRows: readonly string[];

  const catchUp = (options: Partial<FollowOptions> = {}): Promise<void> =>
    index.catchUp({ sources: [denmark, belgium], ...options });
  const readBelgianRows = async (): Promise<string[]> => {
    const isBelgian = (row: string): boolean => {
      const { country } = JSON.parse(row) as { country?: string };
      return country === undefined ? row.includes('github.com/imio') : country === 'BE';
    };
    return [...(await readIndex(index.database.query)).values()].flatMap((rows) => rows.filter(isBelgian));
  };
  const findIds = async (statement: string): Promise<string[]> =>
    (await index.database.query<{ id: string }>(statement)).map(({ id }) => id);
  const status = async (): Promise<FeedStatus> => {
    const { catalogueStatus } = (await index.query(
      '{ catalogueStatus { country state problem { code message since } refused refusals { subject subjectId reason at } } }',
    )) as { catalogueStatus: readonly (FeedStatus & { country: string })[] };
    const found = catalogueStatus.find(({ country }) => country === 'DK');
    if (!found) throw new Error('The index does not follow Denmark.');
    return found;
  };

  beforeAll(async () => {
    [denmark, belgium] = await Promise.all([startFakeCountry('DK'), startFakeCountry('BE')]);
    index = await startTestIndex([denmark, belgium]);
    await denmark.stop();
    const imio = 'be:consortium:imio';
    const desk = 'github.com/imio/desk';
    belgium.publish('ADMINISTRATION', contents.administration('be:administration:mons', 'Mons'));
    belgium.publish('CONSORTIUM', contents.consortium(imio, 'IMIO'));
    belgium.publish('RECORD', contents.record('be:record:desk', desk, { publisherId: imio }));
    belgium.publish('PORTFOLIO', contents.portfolio('be:portfolio:desk', imio, desk));
    belgium.publish('ADOPTION', contents.adoption('be:adoption:desk', 'be:administration:mons', desk));
    await index.catchUp({ sources: [belgium] });
    belgianRows = await readBelgianRows();
  });
  afterAll(async () => {
    await index.close();
    await belgium.stop();
  });
  beforeEach(async () => {
    denmark = await startFakeCountry('DK');
    await catchUp();
  });
  afterEach(async () => {
    expect(await readBelgianRows()).toEqual(belgianRows);
    await denmark.stop();
  });

  return {
    get denmark() {
      return denmark;
    },
    get belgium() {
      return belgium;
    },
    get index() {
      return index;
    },
    catchUp,
    idsIn: (table) => findIds(`SELECT id FROM ${table} WHERE country = 'DK' ORDER BY id`),
    status,
    reasons: async () =>
      (await status()).refusals.map(({ subject, subjectId, reason }) => `${subject} ${subjectId}: ${reason}`).sort(),
    rejectedIds: () => findIds(`SELECT subject_id AS id FROM refusal WHERE country = 'DK' ORDER BY 1`),
  };
}

/** A valid record of Denmark. */
export const validRecord = contents.record('dk:record:good', 'github.com/os2/good');

/** A response with a page of these nodes. */
export const pageResponse = (nodes: readonly unknown[], more: object = {}): FakeResponse => ({
  status: 200,
  body: JSON.stringify({
    data: {
      catalogue: {
        languages: ['da'],
        changes: { feedId: 'feed', pageInfo: { hasNextPage: false, endCursor: 'end' }, nodes, ...more },
      },
    },
  }),
});

/** A node of such a page: the entry of a record. */
export const recordNode = (content: RawContent, more: object = {}): object => ({
  at: '2026-01-01T00:00:00Z',
  kind: 'UPSERT',
  subject: 'RECORD',
  subjectId: content.id,
  record: content,
  ...more,
});
