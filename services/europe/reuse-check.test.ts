import { today } from '../shared/dates.js';
import { contents, during } from './testing/feed-contents.js';
import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let countries: readonly FakeCountry[];
let denmark: FakeCountry;
let belgium: FakeCountry;
let index: TestIndex;

const provenance = (source: string | null) => ({
  source,
  retrievedAt: null,
  observedOn: '2020-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
});
const town = (country: FakeCountry, name: string, language: string, nuts: string, population: number | null): void => {
  const id = `${country.folder}:administration:${name}`;
  const names = [{ text: name, language }];
  country.publish(
    'ADMINISTRATION',
    contents.administration(id, name, { names, nuts, population: population === null ? null : { count: population } }),
  );
};
const record = (id: string, address: string, more: object): void => {
  const country = id.startsWith('dk') ? denmark : belgium;
  country.publish(
    'RECORD',
    contents.record(id, address, { provenance: provenance(`https://example.org/${id}`), ...more }),
  );
};

beforeAll(async () => {
  countries = await Promise.all(['DK', 'BE', 'IT'].map(startFakeCountry));
  [denmark, belgium] = countries as [FakeCountry, FakeCountry];
  town(belgium, 'namur', 'fr', 'BE352', 110_000);
  town(belgium, 'mons', 'fr', 'BE323', 95_000);
  town(belgium, 'unknown', 'fr', 'BE323', null);
  town(denmark, 'odense', 'da', 'DK031', 200_000);
  town(denmark, 'aero', 'da', 'DK031', 6_000);
  belgium.publish(
    'CONSORTIUM',
    contents.consortium('be:consortium:imio', 'IMIO', {
      openTo: { kinds: ['MUNICIPALITY'], nuts: ['BE3'] },
      provenance: provenance('https://example.org/bylaws'),
    }),
  );
  denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:os2', 'OS2'));
  record('be:record:meeting', 'github.com/imio/meeting', {
    name: 'Meeting',
    categories: ['meeting-management'],
    licence: 'GPL-2.0-only',
    maintenance: 'COMMUNITY',
    releaseDate: '2024-05-01',
    availableLanguages: ['fr-BE'],
  });
  record('dk:record:dagsorden', 'github.com/os2/dagsorden', {
    name: 'Dagsorden',
    codes: [{ scheme: 'DK_KLE', notation: '00.22' }],
    descriptions: [{ ...description, shortDescription: 'Publicerer dagsordener' }],
    developmentStatus: 'OBSOLETE',
  });
  record('dk:record:new', 'github.com/os2/new', {
    name: 'Moeder',
    issued: '2025-06-01T00:00:00Z',
    categories: ['meeting-management'],
  });
  record('dk:record:library', 'github.com/os2/library', { categories: ['integrated-library-system'] });
  belgium.publish('PORTFOLIO', contents.portfolio('be:portfolio:1', 'be:consortium:imio', 'github.com/imio/meeting'));
  denmark.publish('PORTFOLIO', contents.portfolio('dk:portfolio:1', 'dk:consortium:os2', 'github.com/os2/dagsorden'));
  const use = (country: FakeCountry, user: string, address: string, more: object = {}): void => {
    const id = `${country.folder}:adoption:${user}`;
    country.publish('ADOPTION', contents.adoption(id, `${country.folder}:administration:${user}`, address, more));
  };
  use(belgium, 'mons', 'github.com/imio/meeting', during('2024-01-01'));
  use(denmark, 'odense', 'github.com/os2/dagsorden', {
    ...during('2019-01-01'),
    provenance: provenance('https://example.org/odense'),
  });
  for (const country of countries)
    country.publish(
      'CODE_LIST',
      contents.codeList(`${country.folder}:code-list:list`, country.code === 'DK' ? 'DK_KLE' : `${country.code}_LIST`),
    );
  denmark.publish('CODE', contents.code('dk:code:00-22', 'DK_KLE:00.22', 'Byrådets møder'));
  denmark.publish('CODE', contents.code('dk:code:21', 'DK_KLE:21', 'Biblioteker'));
  denmark.publish(
    'CODE_MAPPING',
    contents.codeMapping('dk:code-mapping:00-22', 'DK_KLE:00.22', 'EXACT', 'TOPIC:meeting-management'),
  );
  denmark.publish('NEED', contents.need('dk:need:minutes', 'Hold meetings', ['DK_KLE:00.22']));
  denmark.publish(
    'NEED_HOLDER',
    contents.needHolder('dk:need-holder:odense', 'dk:need:minutes', 'dk:administration:odense', {
      state: 'FUNDED',
      amount: { amount: '1000', currency: 'DKK' },
    }),
  );
  belgium.publish('NEED', contents.need('be:need:publish', 'Publier les délibérations du conseil communal', []));
  belgium.publish(
    'NEED_HOLDER',
    contents.needHolder('be:need-holder:mons', 'be:need:publish', 'be:administration:mons', { state: 'MET' }),
  );
  denmark.publish(
    'TERMS',
    contents.terms('dk:terms:dagsorden', 'github.com/os2/dagsorden', {
      fees: [
        contents.fee('dk:fee:small', '100', { populationMax: 50_000 }),
        contents.fee('dk:fee:large', '900', { populationMin: 50_001 }),
        contents.fee('dk:fee:members', '1', { forMembers: true }),
      ],
    }),
  );
  index = await startTestIndex(countries);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  await Promise.all(countries.map(({ stop }) => stop()));
});

const description = {
  language: 'da',
  localisedName: null,
  longDescription: null,
  documentation: null,
  apiDocumentation: null,
  features: [],
  awards: [],
};

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
  record('dk:record:newer', 'github.com/os2/newer', {
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

it('takes as many statements for one candidate as for many', async () => {
  const countStatements = async (first: number): Promise<number> => {
    index.statements();
    await check({ text, for: namur, first });
    return index.statements().length;
  };
  const one = await countStatements(1);
  expect(await countStatements(10)).toBe(one);
  expect(one).toBe(12);
});
