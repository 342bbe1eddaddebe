import type { RunningService } from '../kit/http/service.js';
import { silentLogger } from '../kit/observability/logger.js';
import { startEurope } from './service.js';

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly path?: unknown; readonly extensions?: { readonly code?: unknown } }[];
}

// Nothing listens there: routes are answered without an index, and without any country.
const nowhere = 'http://127.0.0.1:9/subgraph';

let europe: RunningService;
beforeAll(async () => {
  europe = await startEurope({
    port: 0,
    databaseUrl: 'postgres://nobody@127.0.0.1:9/europe',
    countryUrls: { denmark: nowhere, belgium: nowhere, italy: nowhere },
    logger: silentLogger,
  });
});
afterAll(() => europe.stop());

/** Asks as the gateway does. */
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${europe.port}/subgraph`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const ref = ['Danish', 'Belgian', 'Italian']
  .flatMap((adjective) => ['Administration', 'Consortium'].map((type) => `... on ${adjective}${type} { ref }`))
  .join(' ');
const administrationRef =
  '... on DanishAdministration { ref } ... on BelgianAdministration { ref } ... on ItalianAdministration { ref }';

const codesOf = ({ errors = [] }: Answer) => errors.map(({ path, extensions }) => [extensions?.code, path]);

describe('organisation', () => {
  const organisation = async (id: string) =>
    ask(`query ($id: ID!) { organisation(id: $id) { __typename ${ref} } }`, { id });

  it('says which country to ask', async () => {
    expect(await organisation('be:consortium:0841470248')).toEqual({
      data: { organisation: { __typename: 'BelgianConsortium', ref: 'be:consortium:0841470248' } },
    });
  });

  it('is null for a country that is none of the graph', async () => {
    expect(await organisation('fr:administration:1')).toEqual({ data: { organisation: null } });
  });

  it('refuses a malformed id', async () => {
    const answer = await organisation('dk/administration/0820');
    expect(answer.data).toEqual({ organisation: null });
    expect(codesOf(answer)).toEqual([['INVALID_ID', ['organisation']]]);
  });
});

describe('administration', () => {
  const administration = async (scheme: string, notation: string) =>
    ask(
      `query ($identifier: IdentifierInput!) { administration(identifier: $identifier) { __typename ${administrationRef} } }`,
      {
        identifier: { scheme, notation },
      },
    );

  it('says which country to ask', async () => {
    expect(await administration('EU_LAU', 'IT_062008')).toEqual({
      data: { administration: { __typename: 'ItalianAdministration', ref: 'EU_LAU:IT_062008' } },
    });
  });

  it.each([
    ['FR_SIREN', '1', 'UNKNOWN_SCHEME'],
    ['EU_NUTS', 'FR1', 'INVALID_IDENTIFIER'],
    ['DK_KOMMUNE', '0'.repeat(10_000), 'INVALID_IDENTIFIER'],
  ])('refuses %s %.10s', async (scheme, notation, code) => {
    const answer = await administration(scheme, notation);
    expect(answer.data).toEqual({ administration: null });
    expect(codesOf(answer)).toEqual([[code, ['administration']]]);
  });
});

describe('organisations', () => {
  const organisations = async (variables: Record<string, unknown>) =>
    ask(
      `query ($ids: [ID!], $identifiers: [IdentifierInput!]) {
        organisations(ids: $ids, identifiers: $identifiers) { ${ref} }
      }`,
      variables,
    );
  const identifiers = [
    { scheme: 'IT_IPA', notation: 'c_a783' },
    { scheme: 'DK_KOMMUNE', notation: '0820' },
  ];

  it('are the ids, then the codes, in the order asked, as often as asked', async () => {
    const ids = ['it:consortium:sannio-it', 'dk:administration:0820', 'fr:administration:1', 'dk:administration:0820'];
    const refs = [ids[0], ids[1], null, ids[3], 'IT_IPA:c_a783', 'DK_KOMMUNE:0820'];
    expect(await organisations({ ids, identifiers })).toEqual({
      data: { organisations: refs.map((found) => (found === null ? null : { ref: found })) },
    });
  });

  it('are none when nothing is asked', async () => {
    for (const variables of [{}, { ids: [] }, { ids: null, identifiers: [] }])
      expect(await organisations(variables)).toEqual({ data: { organisations: [] } });
  });

  it('lose one place for each that is malformed', async () => {
    const answer = await organisations({
      ids: ['dk:administration:0820', 'nonsense'],
      identifiers: [{ scheme: 'FR_SIREN', notation: '1' }, ...identifiers],
    });
    expect(answer.data).toEqual({
      organisations: [
        { ref: 'dk:administration:0820' },
        null,
        null,
        { ref: 'IT_IPA:c_a783' },
        { ref: 'DK_KOMMUNE:0820' },
      ],
    });
    expect(codesOf(answer)).toEqual([
      ['INVALID_ID', ['organisations', 1]],
      ['UNKNOWN_SCHEME', ['organisations', 2]],
    ]);
  });

  it('are at most a hundred', async () => {
    const ids = Array.from({ length: 99 }, () => 'dk:administration:0820');
    const [identifier] = identifiers;
    const hundred = await organisations({ ids, identifiers: [identifier] });
    expect(hundred.data?.['organisations']).toHaveLength(100);
    const more = await organisations({ ids, identifiers });
    expect(more.data).toEqual({ organisations: null });
    expect(codesOf(more)).toEqual([['INVALID_ARGUMENT', ['organisations']]]);
  });
});

describe('catalogues', () => {
  const catalogues = async (countries: readonly string[] | null) =>
    ask('query ($countries: [CountryCode!]) { catalogues(countries: $countries) { __typename id } }', { countries });

  it('come in the order asked, each once', async () => {
    expect(await catalogues(['IT', 'DK', 'IT'])).toEqual({
      data: {
        catalogues: [
          { __typename: 'ItalianCatalogue', id: 'it:catalogue' },
          { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
        ],
      },
    });
    expect(await catalogues([])).toEqual({ data: { catalogues: [] } });
    expect((await catalogues(null)).data?.['catalogues']).toHaveLength(3);
  });

  it('of a country without one are refused', async () => {
    expect(codesOf(await catalogues(['DK', 'FR']))).toEqual([['UNKNOWN_COUNTRY', ['catalogues']]]);
    expect(codesOf(await catalogues(['dk']))).toEqual([['INVALID_COUNTRY', undefined]]);
  });
});

describe('without its database', () => {
  it('is alive and ready', async () => {
    for (const path of ['live', 'ready'])
      expect((await fetch(`http://127.0.0.1:${europe.port}/health/${path}`)).status).toBe(200);
  });

  it.each([
    '{ solutions { totalCount } }',
    '{ solutions(search: "mødestyring") { totalCount } }',
    '{ solution(address: "github.com/os2mo/os2mo") { name } }',
    '{ administrations { totalCount } }',
    '{ consortia { totalCount } }',
    '{ reuseMatrix { adoptions } }',
    '{ catalogueStatus { state } }',
  ])('says of %s that the index does not answer', async (query) => {
    const answer = await ask(query);
    expect(Object.values(answer.data ?? {})).toEqual([null]);
    expect(codesOf(answer).map(([code]) => code)).toEqual(['INDEX_UNAVAILABLE']);
  });

  it('answers routes beside what it cannot', async () => {
    const answer = await ask(`{ solutions { totalCount } organisation(id: "dk:administration:0820") { ${ref} } }`);
    expect(answer.data).toEqual({ solutions: null, organisation: { ref: 'dk:administration:0820' } });
  });
});
