import { contents } from './testing/feed-contents.js';
import { type FakeCountry, startFakeCountry } from './testing/fake-country.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';

let countries: readonly FakeCountry[];
let index: TestIndex;

const town = (
  id: string,
  language: string,
  population: number | null,
  nuts: string | null,
  more: object = {},
): void => {
  const country = countries.find(({ folder }) => id.startsWith(folder));
  const name = id.split(':').at(-1) ?? id;
  country?.publish(
    'ADMINISTRATION',
    contents.administration(id, name, {
      names: [{ text: name, language }],
      population: population === null ? null : { count: population },
      nuts,
      ...more,
    }),
  );
};

beforeAll(async () => {
  countries = await Promise.all(['DK', 'BE', 'IT'].map(startFakeCountry));
  town('be:administration:namur', 'fr-BE', 100_000, 'BE352');
  town('be:administration:dinant', 'fr', 14_000, 'BE353');
  town('be:administration:mons', 'fr', 95_000, 'BE323');
  town('be:administration:ghent', 'nl', 260_000, 'BE234');
  town('be:administration:unknown', 'nl', null, null);
  town('be:administration:province', 'fr', 100_000, 'BE352', { kind: 'PROVINCE' });
  town('be:administration:ended', 'fr', 100_000, 'BE352', { existed: { start: null, end: '2019-01-01', ended: true } });
  town('dk:administration:odense', 'da', 200_000, 'DK031');
  town('dk:administration:aarhus', 'da', 201_000, 'DK042');
  town('it:administration:terni', 'it', 107_000, 'ITI22');
  index = await startTestIndex(countries);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  await Promise.all(countries.map(({ stop }) => stop()));
});

const peers = `query ($of: ID!, $by: [PeerCriterion!], $countries: [CountryCode!], $first: Int, $after: String, $last: Int, $before: String) {
  peers(of: $of, by: $by, countries: $countries, first: $first, after: $after, last: $last, before: $before) {
    totalCount unknown nodes { administrationId administration { __typename } reasons score unknown } pageInfo { hasNextPage endCursor }
  }
}`;
interface Found {
  readonly peers: {
    readonly totalCount: number;
    readonly unknown: number;
    readonly nodes: readonly {
      readonly administrationId: string;
      readonly score: number;
      readonly reasons: readonly string[];
      readonly unknown: readonly string[];
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}
const namur = 'be:administration:namur';
const find = async (variables: Record<string, unknown> = {}): Promise<Found['peers']> =>
  ((await index.query(peers, { of: namur, ...variables })) as Found).peers;
const rows = ({ nodes }: Found['peers']): string[] =>
  nodes.map(({ administrationId, score, reasons, unknown }) =>
    [
      administrationId.replace(':administration', ''),
      score,
      ...reasons,
      ...unknown.map((criterion) => `?${criterion}`),
    ].join(' '),
  );

it('compares by kind and size with administrations of all countries, and counts those of unknown size', async () => {
  const found = await find();
  expect(rows(found)).toEqual([
    'be:mons 97 KIND POPULATION',
    'it:terni 96 KIND POPULATION',
    'dk:odense 75 KIND POPULATION',
  ]);
  expect(found).toMatchObject({ totalCount: 3, unknown: 1 });
});

it('weighs language and area, and states what is not known', async () => {
  const found = await find({ by: ['KIND', 'POPULATION', 'LANGUAGE', 'AREA'] });
  expect(rows(found)).toEqual([
    // (100 + 95 + 100 + 50) / 4: in the same NUTS 1 region.
    'be:mons 86 KIND POPULATION LANGUAGE',
    // (100 + 14 + 100 + 75) / 4
    'be:dinant 72 KIND LANGUAGE AREA',
    'it:terni 48 KIND POPULATION',
    'dk:odense 37 KIND POPULATION',
  ]);
  expect(found.unknown).toBe(1);
  expect(rows(await find({ of: 'be:administration:unknown', by: ['LANGUAGE', 'POPULATION'] }))).toEqual([
    'be:ghent 50 LANGUAGE ?POPULATION',
  ]);
  expect(rows(await find({ by: ['POPULATION'], countries: ['BE'] }))).toEqual([
    'be:province 100 POPULATION',
    'be:mons 95 POPULATION',
  ]);
});

it('pages forward and backward', async () => {
  const by = ['KIND'];
  const all = rows(await find({ by }));
  expect(all).toHaveLength(7);
  const first = await find({ by, first: 3 });
  const next = await find({ by, first: 10, after: first.pageInfo.endCursor });
  expect([...rows(first), ...rows(next)]).toEqual(all);
  expect(rows(await find({ by, last: 2, before: first.pageInfo.endCursor }))).toEqual(all.slice(0, 2));
});

it.each([
  [{ of: 'be:consortium:imio' }, 'INVALID_ID'],
  [{ of: 'namur' }, 'INVALID_ID'],
  [{ by: [] }, 'INVALID_ARGUMENT'],
  [{ countries: ['ZZ'] }, 'UNKNOWN_COUNTRY'],
  [{ by: ['KIND'], after: 'x' }, 'INVALID_CURSOR'],
])('rejects %j', async (variables, code) => {
  const { errors } = await index.execute(peers, { of: namur, ...variables });
  expect(errors?.[0]?.extensions).toMatchObject({ code });
});

it('returns null for an administration that no catalogue has', async () => {
  expect(await find({ of: 'be:administration:nowhere' })).toBeNull();
});
