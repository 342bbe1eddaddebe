import { Agent, request } from 'undici';

import { defaultFeedLimits } from '../../../services/europe/feed/limits.js';
import { type RawContent, contents } from '../../../services/europe/testing/feed-contents.js';
import { waitUntil } from '../../../services/kit/testing/wait-until.js';
import { addresses, atStrength, type Attack, type Battlefield } from '../attack.js';
import { untilAborted } from '../until-aborted.js';

const country = 'belgium';
const ownPublisher = 'be:administration:25110';
const danishSolution = 'github.com/os2mo/os2mo';

/** An entry of the feed of Belgium, in the form of the contract. */
const fields = {
  RECORD: 'record',
  ADOPTION: 'adoption',
  MEMBERSHIP: 'membership',
} as const;
type Subject = keyof typeof fields;
type Statement = readonly [Subject, RawContent];

const at = '2026-01-01T00:00:00Z';
const upsert = ([subject, content]: Statement): object => ({
  ...{ at, kind: 'UPSERT', subject, subjectId: content.id },
  [fields[subject]]: content,
});
const remove = ([subject, { id }]: Statement): object => ({ at, kind: 'DELETE', subject, subjectId: id });

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A connection for each request: one that is kept may be closed just when this process, which has the lowest priority, uses it again. */
const dispatcher = new Agent({ pipelining: 0 });

/** What the graph returns to an attacker. */
async function query<Data>({ graph }: Pick<Battlefield, 'graph'>, text: string): Promise<Data> {
  const { body } = await request(`${graph.origin}/graphql`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': addresses.attacker(100) },
    body: JSON.stringify({ query: text }),
  });
  return ((await body.json()) as { data: Data }).data;
}

/** How a test sees what Europe has taken of Belgium's feed. */
interface Effects {
  readonly areTaken: () => Promise<boolean>;
  readonly areGone: () => Promise<boolean>;
  /** Rejects if they are not what they must be. */
  readonly check: () => Promise<void>;
}

/**
 * How long Europe may take to read some entries: a minute, because this process has the lowest priority, and the longest pause after
 * each page of what grows suddenly.
 */
const waitFor = (entries: number) => ({
  timeoutMs: 60_000 + Math.ceil(entries / defaultFeedLimits.pageSize) * defaultFeedLimits.maxRestMs,
  intervalMs: 200,
});

/** Until Europe has taken these entries, and forgotten them. */
const endMs = (entries: number): number => 2 * waitFor(entries).timeoutMs;

/** Lets Belgium publish statements while the attack lasts, and withdraw them afterwards. */
async function publish(field: Battlefield, statements: readonly Statement[], effects: Effects): Promise<void> {
  const wait = waitFor(statements.length);
  field.feed.insert(statements.map(upsert));
  await waitUntil('Europe to take what Belgium states', effects.areTaken, wait);
  await effects.check();
  await untilAborted(field.signal);
  field.feed.insert(statements.map(remove));
  await waitUntil('Europe to forget what Belgium stated', effects.areGone, wait);
}

function requireEqual(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
}

interface Solution {
  readonly solution: { readonly disputes: Rows; readonly unconfirmedReuse: Rows };
  readonly catalogueStatus: Rows;
}

/** A Belgian record at a Danish address, from the future, and Belgian statements about Danish organisations. */
const takeover: Attack = {
  name: 'Belgium publishes a Danish solution as its own, and states whom Danish administrations have joined and what they use',
  controls: [country],
  endMs: endMs(defaultFeedLimits.pageSize),
  play: async (field) => {
    const facts = (): Promise<unknown> =>
      query(
        field,
        `{ solution(address: "${danishSolution}") { name licence publishers { id } maintainers { id } reuse { country adopters } } }`,
      );
    const read = (): Promise<Solution> =>
      query(
        field,
        `{ solution(address: "${danishSolution}") { disputes { record { id } } unconfirmedReuse { country } }
          catalogueStatus { country disputedAddresses unconfirmedAdoptions unconfirmedMemberships } }`,
      );
    const before = await facts();
    // None of them is a user of it according to Denmark.
    const danish = ['0101', '0147', '0155', '0157', '0159', '0161', '0163', '0165', '0167', '0169'];
    const statements: Statement[] = [
      [
        'RECORD',
        contents.record('be:record:takeover', danishSolution, {
          name: 'Taken over',
          publisherId: ownPublisher,
          issued: '1990-01-01T00:00:00.000Z',
          provenance: { ...provenance, observedOn: '9999-12-31' },
        }),
      ],
      ...danish.map((code): Statement => [
        'ADOPTION',
        contents.adoption(`be:adoption:foreign-${code}`, `dk:administration:${code}`, danishSolution),
      ]),
      [
        'MEMBERSHIP',
        contents.membership('be:membership:foreign', 'be:consortium:0841470248', 'dk:administration:0101', {
          role: 'FOUNDER',
        }),
      ],
    ];
    const countDisputes = async (): Promise<number> => (await read()).solution.disputes.length;
    await publish(field, statements, {
      areTaken: async () => (await countDisputes()) > 0,
      areGone: async () => (await countDisputes()) === 0,
      check: async () => {
        const { solution, catalogueStatus } = await read();
        requireEqual('the Danish solution', await facts(), before);
        requireEqual('the record that disputes it', solution.disputes, [{ record: { id: 'be:record:takeover' } }]);
        requireEqual('unconfirmed reuse', solution.unconfirmedReuse, [{ country: 'DK' }]);
        const status = catalogueStatus.find((one) => one['country'] === 'BE');
        requireEqual('the status of Belgium', status, {
          country: 'BE',
          disputedAddresses: 1,
          unconfirmedAdoptions: danish.length,
          unconfirmedMemberships: 1,
        });
      },
    });
  },
};

const { provenance } = contents.record('', '') as unknown as { provenance: object };

const word = 'management';
const firstResults = 20;
/** By how many entries a catalogue of this size may grow in a day. */
const maxDailyEntries = 10_000;

/** Invented records, which match a search better than any other and would be all of its first results. */
const inventedRecords: Attack = {
  name: 'Belgium invents 12,000 records that match a search best',
  controls: [country],
  endMs: endMs(12_000),
  play: async (field) => {
    const search = async (first: number) => {
      const { solutions } = await query<{ solutions: { totalCount: number; nodes: readonly { id: string }[] } }>(
        field,
        `{ solutions(search: "${word}", first: ${first}) { totalCount nodes { id } } }`,
      );
      return { count: solutions.totalCount, ids: solutions.nodes.map(({ id }) => id) };
    };
    const before = await search(firstResults);
    const count = atStrength(12_000, field);
    const statements = Array.from({ length: count }, (_, number): Statement => [
      'RECORD',
      contents.record(`be:record:invented-${number}`, `github.com/invented/${word}-${number}`, {
        name: `${word} ${word}`,
        publisherId: ownPublisher,
      }),
    ]);
    await publish(field, statements, {
      areTaken: async () =>
        count > maxDailyEntries ? isGrowthLimited(field) : (await search(1)).count === before.count + count,
      areGone: async () => (await search(1)).count === before.count,
      check: async () => {
        const { ids } = await search(firstResults);
        const others = before.ids.slice(0, firstResults / 2);
        requireEqual(
          'the genuine results that are first still',
          others.filter((id) => ids.includes(id)),
          others,
        );
      },
    });
  },
};

async function isGrowthLimited(field: Battlefield): Promise<boolean> {
  const { catalogueStatus } = await query<{
    catalogueStatus: readonly { country: string; problem: { code: string } | null }[];
  }>(field, '{ catalogueStatus { country problem { code } } }');
  return catalogueStatus.some((one) => one.country === 'BE' && one.problem?.code === 'GROWTH_LIMIT');
}

/** What a country can state about others, and how much it can state. */
export const falseStatements: readonly Attack[] = [takeover, inventedRecords];
