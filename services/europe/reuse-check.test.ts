import { today } from '../shared/dates.js';
import { contents } from './testing/feed-contents.js';
import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { provenance, publishCheckedSolutions, publishRecord } from './testing/publish-checked-solutions.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let countries: readonly FakeCountry[];
let denmark: FakeCountry;
let index: TestIndex;

beforeAll(async () => {
  countries = await Promise.all(['DK', 'BE', 'IT'].map(startFakeCountry));
  [denmark] = countries as [FakeCountry];
  publishCheckedSolutions(countries);
  index = await startTestIndex(countries);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  await Promise.all(countries.map(({ stop }) => stop()));
});

const query = `query ($text: String, $codes: [CodeInput!], $need: ID, $for: ID, $topics: [String!], $asOf: Date, $first: Int) {
  reuseCheck(text: $text, codes: $codes, need: $need, for: $for, topics: $topics, asOf: $asOf) {
    text forId asOf understoodAs { topic relation path }
    candidates(first: $first) {
      solutionId reasons topics usersLikeMe { count of } mayJoin { answer because consortiumId source observedOn }
      cost { id amount { amount } } licence lastRelease maintainedUntil unknown evidence { source } derivatives { id } solution { id }
    }
    notConsidered { country reason consideredUntil }
    record { id checkedAt positions { country position } }
  }
}`;
interface Candidate {
  readonly solutionId: string;
  readonly reasons: readonly string[];
  readonly mayJoin: object;
}
interface Check {
  readonly asOf: string;
  readonly understoodAs: readonly object[];
  readonly candidates: readonly Candidate[];
  readonly notConsidered: readonly object[];
  readonly record: { readonly id: string; readonly positions: readonly object[] };
}
const check = async (variables: Record<string, unknown>): Promise<Check> =>
  ((await index.query(query, variables)) as { reuseCheck: Check }).reuseCheck;
const idsOf = ({ candidates }: Pick<Check, 'candidates'>): string[] => candidates.map(({ solutionId }) => solutionId);

const text = 'Nous cherchons un logiciel pour les séances du conseil communal';
const namur = 'be:administration:namur';

it('states how a text was understood, and which solutions may meet the need, with reasons and what is not known', async () => {
  const found = await check({ text, for: namur });
  expect(found.understoodAs).toEqual([
    { topic: 'council-meetings', relation: 'TEXT', path: ['seances', 'conseil', 'communal', 'council-meetings'] },
    expect.objectContaining({ topic: 'meeting-management' }),
    // Close to a topic of the text: they have names in common.
    { topic: 'council-decisions', relation: 'TEXT', path: ['seances', 'meeting-management', 'council-decisions'] },
  ]);
  expect(found.candidates).toEqual([
    {
      solutionId: 'github.com/imio/meeting',
      reasons: ['PEER_USERS', 'TEXT', 'OPEN_LICENCE', 'MAINTAINED', 'IN_MY_LANGUAGE', 'MAY_JOIN'],
      topics: ['council-meetings', 'meeting-management', 'council-decisions'],
      // Mons and Odense are of similar size.
      usersLikeMe: { count: 1, of: 2 },
      mayJoin: {
        answer: 'YES',
        because: 'ELIGIBLE',
        consortiumId: 'be:consortium:imio',
        source: 'https://example.org/bylaws',
        observedOn: '2020-01-01',
      },
      cost: null,
      licence: 'GPL-2.0-only',
      lastRelease: '2024-05-01',
      maintainedUntil: null,
      unknown: ['COST'],
      evidence: [{ source: 'https://example.org/be:record:meeting' }, { source: null }],
      derivatives: [],
      solution: { id: 'github.com/imio/meeting' },
    },
    expect.objectContaining({
      solutionId: 'github.com/os2/new',
      reasons: ['TEXT'],
      mayJoin: expect.objectContaining({ answer: 'UNKNOWN', because: 'NO_CONSORTIUM' }) as unknown,
      unknown: ['LICENCE', 'RELEASE', 'MAINTENANCE', 'LANGUAGES', 'USERS', 'JOINING', 'COST'],
    }),
    expect.objectContaining({
      solutionId: 'github.com/os2/dagsorden',
      // The topic is a guess, so its code is not the same for certain.
      reasons: ['PEER_USERS', 'CLOSE_CODE', 'TEXT'],
      cost: [{ id: 'dk:fee:large', amount: { amount: '900' } }],
      mayJoin: expect.objectContaining({ answer: 'UNKNOWN', because: 'RULES_NOT_RECORDED' }) as unknown,
      evidence: [{ source: 'https://example.org/dk:record:dagsorden' }, { source: 'https://example.org/odense' }],
    }),
  ]);
});

const kle = [{ scheme: 'DK_KLE', notation: '00.22' }];

it('finds by codes, and by the codes of a stated need, what has the same code or its topic', async () => {
  for (const input of [{ codes: kle }, { need: 'dk:need:minutes' }]) {
    const found = await check({ ...input, for: namur });
    expect(found.understoodAs).toEqual([
      { topic: 'meeting-management', relation: 'EXACT', path: ['DK_KLE:00.22', 'meeting-management'] },
    ]);
    expect(found.candidates.map(({ solutionId, reasons }) => [solutionId, reasons.slice(0, 3)])).toEqual([
      ['github.com/imio/meeting', ['PEER_USERS', 'TEXT', 'OPEN_LICENCE']],
      ['github.com/os2/new', ['TEXT']],
      // It is obsolete.
      ['github.com/os2/dagsorden', ['PEER_USERS', 'SAME_CODE', 'TEXT']],
    ]);
  }
  expect(await check({ codes: [{ scheme: 'DK_KLE', notation: 'unknown' }] })).toMatchObject({
    understoodAs: [],
    candidates: [],
  });
});

it('lists who has the same need, by relation, country, state and amount', async () => {
  const sameNeed = async (variables: object) =>
    (
      (await index.query(
        `query ($text: String, $codes: [CodeInput!]) { reuseCheck(text: $text, codes: $codes) { sameNeed {
          edges { relation node { id holders { nodes { holderId state } } } }
          countries { country relation states { state holders amounts { amount currency } } } } } }`,
        { ...variables },
      )) as { reuseCheck: { sameNeed: unknown } }
    ).reuseCheck.sameNeed;
  const danish = {
    relation: 'EXACT',
    node: { id: 'dk:need:minutes', holders: { nodes: [{ holderId: 'dk:administration:odense', state: 'FUNDED' }] } },
  };
  const belgian = {
    // It has no codes: its statement has a term of a topic.
    relation: 'CLOSE',
    node: { id: 'be:need:publish', holders: { nodes: [{ holderId: 'be:administration:mons', state: 'MET' }] } },
  };
  expect(await sameNeed({ text })).toEqual({
    edges: [danish, belgian],
    countries: [
      {
        country: 'DK',
        relation: 'EXACT',
        states: [{ state: 'FUNDED', holders: 1, amounts: [{ amount: '1000', currency: 'DKK' }] }],
      },
      { country: 'BE', relation: 'CLOSE', states: [{ state: 'MET', holders: 1, amounts: [] }] },
    ],
  });
  expect(await sameNeed({ codes: kle })).toMatchObject({ edges: [danish] });
});

it('counts users on the day of the check, and lists what was catalogued by then', async () => {
  const then = await check({ text, for: namur, asOf: '2022-01-01' });
  expect(then.candidates.map((candidate) => [candidate.solutionId, candidate.reasons[0]])).toEqual([
    ['github.com/imio/meeting', 'TEXT'],
    ['github.com/os2/dagsorden', 'PEER_USERS'],
  ]);
  expect(then.candidates[0]).toMatchObject({ usersLikeMe: { count: 0, of: 2 }, lastRelease: null });
});

it('does not count peers of an administration of unknown size, and states it', async () => {
  const [first] = (await check({ text, for: 'be:administration:unknown' })).candidates;
  expect(first).toMatchObject({ usersLikeMe: null, unknown: ['PEERS', 'COST'] });
  const [anonymous] = (await check({ text })).candidates;
  expect(anonymous).toMatchObject({ usersLikeMe: null, mayJoin: { answer: 'UNKNOWN', because: 'NO_ADMINISTRATION' } });
});

it('uses the topics that a client states instead of those that it understood', async () => {
  const corrected = await check({ text, topics: ['integrated-library-system'], first: 1 });
  expect(corrected.understoodAs).toEqual([
    { topic: 'integrated-library-system', relation: 'GIVEN', path: ['integrated-library-system'] },
  ]);
  expect(idsOf(corrected)).toEqual(['github.com/os2/library']);
  expect(idsOf(await check({ text: 'xqzzt' }))).toEqual([]);
});

it('names the countries whose current data was not considered', async () => {
  expect((await check({ text })).notConsidered).toEqual([]);
  denmark.overrideResponse(() => ({ status: 503, body: '' }));
  await index.catchUp();
  denmark.overrideResponse(null);
  expect((await check({ text })).notConsidered).toEqual([
    { country: 'DK', reason: 'UNAVAILABLE', consideredUntil: expect.any(String) as string },
  ]);
  await index.catchUp();
});

it('repeats a check by the id of its record, and lists what was added since', async () => {
  const before = await check({ text, for: namur, asOf: '2022-01-01' });
  const repeat = `query ($id: ID!) { reuseCheckRecord(id: $id) {
    record { id positions { country position } } notReproduced changedSince addedSince { solutionId }
    check { asOf text forId understoodAs { topic } candidates { solutionId reasons } record { id } } } }`;
  const repeated = async () =>
    (
      (await index.query(repeat, { id: before.record.id })) as {
        reuseCheckRecord: Record<string, unknown> & { check: Check };
      }
    ).reuseCheckRecord;
  const first = await repeated();
  expect(first).toMatchObject({
    record: { id: before.record.id, positions: before.record.positions },
    changedSince: [],
    addedSince: [{ solutionId: 'github.com/os2/new' }],
    check: { asOf: '2022-01-01', text, forId: namur, record: { id: before.record.id } },
  });
  expect(first.check.candidates).toEqual(before.candidates.map(({ solutionId, reasons }) => ({ solutionId, reasons })));
  publishRecord(denmark, 'dk:record:newer', 'github.com/os2/newer', {
    name: 'Newer',
    issued: `${today()}T00:00:00Z`,
    categories: ['meeting-management'],
  });
  await index.catchUp();
  const later = await repeated();
  expect(later).toMatchObject({
    changedSince: ['DK'],
    addedSince: [{ solutionId: 'github.com/os2/new' }, { solutionId: 'github.com/os2/newer' }],
    check: first.check,
  });
});

it.each([
  [{}, 'INVALID_ARGUMENT'],
  [{ text: ' ' }, 'INVALID_ARGUMENT'],
  [{ text: 'a'.repeat(501) }, 'INVALID_ARGUMENT'],
  [{ topics: [] }, 'INVALID_ARGUMENT'],
  [{ topics: ['no-such-topic'] }, 'INVALID_ARGUMENT'],
  [{ topics: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'INVALID_ARGUMENT'],
  [{ text, asOf: '2999-01-01' }, 'INVALID_ARGUMENT'],
  [{ text, first: 51 }, 'INVALID_ARGUMENT'],
  [{ text, for: 'be:consortium:imio' }, 'INVALID_ID'],
  [{ text, for: 'namur' }, 'INVALID_ID'],
  [{ text, need: 'dk:need:minutes' }, 'INVALID_ARGUMENT'],
  [{ codes: [] }, 'INVALID_ARGUMENT'],
  [{ codes: Array.from({ length: 11 }, () => ({ scheme: 'DK_KLE', notation: '1' })) }, 'INVALID_ARGUMENT'],
  [{ need: 'dk:need:none' }, 'INVALID_ID'],
])('rejects %.80j', async (variables, code) => {
  const { errors } = await index.execute(query, variables);
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
});

it('rejects the id of another object as that of a record', async () => {
  const { errors } = await index.execute('{ reuseCheckRecord(id: "dk:administration:0820") { changedSince } }');
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_ID' });
});

it('states by the terms of a consortium and of a solution whether an administration may join', async () => {
  const address = 'github.com/os2/dagsorden';
  // A check and the solution itself state the same.
  const join = async (forId: string) => {
    const { candidates } = await check({ text, for: forId });
    const { solution } = (await index.query(
      `query ($address: String!, $for: ID!) {
        solution(address: $address) { mayJoin(for: $for) { answer because consortiumId source observedOn } } }`,
      { address, for: forId },
    )) as { solution: { mayJoin: object } };
    expect(candidates.find(({ solutionId }) => solutionId === address)?.mayJoin).toEqual(solution.mayJoin);
    return solution.mayJoin;
  };
  const publishTerms = async (id: string, address: string | null, more: object): Promise<void> => {
    denmark.publish(
      'TERMS',
      contents.terms(id, address, { provenance: provenance('https://example.org/terms'), ...more }),
    );
    await index.catchUp();
  };
  const os2 = { consortiumId: 'dk:consortium:os2' };
  const stated = { ...os2, source: 'https://example.org/terms', observedOn: '2020-01-01' };
  await publishTerms('dk:terms:os2', null, { ...os2, eligibility: [{ language: 'da', text: 'Alle' }] });
  expect(await join('dk:administration:aero')).toEqual({ answer: 'UNKNOWN', because: 'RULES_IN_WORDS', ...stated });
  await publishTerms('dk:terms:os2', null, { ...os2, openToNuts: ['DK'] });
  await publishTerms('dk:terms:os2-dagsorden', address, { ...os2, openToKinds: ['MUNICIPALITY'] });
  expect(await join(namur)).toMatchObject({ answer: 'UNKNOWN', because: 'RULES_NOT_RECORDED' });
  await publishTerms('dk:terms:os2-dagsorden', address, {
    ...os2,
    openToKinds: ['MUNICIPALITY'],
    openToNuts: ['DK', 'BE'],
  });
  expect(await join(namur)).toEqual({ answer: 'YES', because: 'ELIGIBLE', ...stated });
  await publishTerms('dk:terms:dagsorden', address, { exceptionGround: 'SECURITY' });
  expect(await join(namur)).toEqual({ ...stated, answer: 'NO', because: 'NOT_SHARED', consortiumId: null });
});

it.each(['be:consortium:imio', 'namur'])('rejects %s as the administration that may join', async (id) => {
  const { errors } = await index.execute(
    `{ solution(address: "github.com/os2/new") { mayJoin(for: "${id}") { answer } } }`,
  );
  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ID']);
});

it('takes as many statements for one candidate as for many', async () => {
  const countStatements = async (first: number): Promise<number> => {
    index.statements();
    await check({ text, for: namur, first });
    return index.statements().length;
  };
  const one = await countStatements(1);
  expect(await countStatements(10)).toBe(one);
  expect(one).toBe(13);
});
