import { countries } from '../../schema/values/countries.js';
import type { RunningService } from '../kit/http/service.js';
import { silentLogger } from '../kit/testing/silent-logger.js';
import { startEurope } from './service.js';

interface GraphQLResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly path?: unknown; readonly extensions?: { readonly code?: unknown } }[];
}

// Nothing listens there: routes work without an index, and without any country.
const nowhere = 'http://127.0.0.1:9/subgraph';

let europe: RunningService;
beforeAll(async () => {
  europe = await startEurope({
    port: 0,
    databaseUrl: 'postgres://europe@127.0.0.1:9/europe',
    countryUrls: { denmark: nowhere, belgium: nowhere, italy: nowhere },
    logger: silentLogger,
  });
});
afterAll(() => europe.stop());

/** Sends a request as the gateway does. */
async function execute(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLResponse> {
  const httpResponse = await fetch(`http://127.0.0.1:${europe.port}/subgraph`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await httpResponse.json()) as GraphQLResponse;
}

const ref = ['Danish', 'Belgian', 'Italian']
  .flatMap((adjective) => ['Administration', 'Consortium'].map((type) => `... on ${adjective}${type} { ref }`))
  .join(' ');
const administrationRef =
  '... on DanishAdministration { ref } ... on BelgianAdministration { ref } ... on ItalianAdministration { ref }';

const codesOf = ({ errors = [] }: GraphQLResponse) => errors.map(({ path, extensions }) => [extensions?.code, path]);

describe('organisation', () => {
  const organisation = async (id: string) =>
    execute(`query ($id: ID!) { organisation(id: $id) { __typename ${ref} } }`, { id });

  it('returns the stub of its country', async () => {
    expect(await organisation('be:consortium:0841470248')).toEqual({
      data: { organisation: { __typename: 'BelgianConsortium', ref: 'be:consortium:0841470248' } },
    });
  });

  it('is null for a country that is not in the graph', async () => {
    expect(await organisation('xr:administration:1')).toEqual({ data: { organisation: null } });
  });

  it('rejects a malformed id', async () => {
    const response = await organisation('dk/administration/0820');
    expect(response.data).toEqual({ organisation: null });
    expect(codesOf(response)).toEqual([['INVALID_ID', ['organisation']]]);
  });
});

describe('administration', () => {
  const administration = async (scheme: string, notation: string) =>
    execute(
      `query ($identifier: IdentifierInput!) { administration(identifier: $identifier) { __typename ${administrationRef} } }`,
      {
        identifier: { scheme, notation },
      },
    );

  it('returns the stub of its country', async () => {
    expect(await administration('EU_LAU', 'IT_062008')).toEqual({
      data: { administration: { __typename: 'ItalianAdministration', ref: 'EU_LAU:IT_062008' } },
    });
  });

  it.each([
    ['XR_SIREN', '1', 'UNKNOWN_SCHEME'],
    ['EU_NUTS', 'XR1', 'INVALID_IDENTIFIER'],
    ['DK_KOMMUNE', '0'.repeat(10_000), 'INVALID_IDENTIFIER'],
  ])('rejects %s %.10s', async (scheme, notation, code) => {
    const response = await administration(scheme, notation);
    expect(response.data).toEqual({ administration: null });
    expect(codesOf(response)).toEqual([[code, ['administration']]]);
  });
});

describe('organisations', () => {
  const organisations = async (variables: Record<string, unknown>) =>
    execute(
      `query ($ids: [ID!], $identifiers: [IdentifierInput!]) {
        organisations(ids: $ids, identifiers: $identifiers) { ${ref} }
      }`,
      variables,
    );
  const identifiers = [
    { scheme: 'IT_IPA', notation: 'c_a783' },
    { scheme: 'DK_KOMMUNE', notation: '0820' },
  ];

  it('returns first the ids, then the codes, in the order requested and with repetitions', async () => {
    const ids = ['it:consortium:sannio-it', 'dk:administration:0820', 'xr:administration:1', 'dk:administration:0820'];
    const refs = [ids[0], ids[1], null, ids[3], 'IT_IPA:c_a783', 'DK_KOMMUNE:0820'];
    expect(await organisations({ ids, identifiers })).toEqual({
      data: { organisations: refs.map((found) => (found === null ? null : { ref: found })) },
    });
  });

  it('returns an empty list if nothing is requested', async () => {
    for (const variables of [{}, { ids: [] }, { ids: null, identifiers: [] }])
      expect(await organisations(variables)).toEqual({ data: { organisations: [] } });
  });

  it('returns null for each malformed item, and the others', async () => {
    const response = await organisations({
      ids: ['dk:administration:0820', 'nonsense'],
      identifiers: [{ scheme: 'XR_SIREN', notation: '1' }, ...identifiers],
    });
    expect(response.data).toEqual({
      organisations: [
        { ref: 'dk:administration:0820' },
        null,
        null,
        { ref: 'IT_IPA:c_a783' },
        { ref: 'DK_KOMMUNE:0820' },
      ],
    });
    expect(codesOf(response)).toEqual([
      ['INVALID_ID', ['organisations', 1]],
      ['UNKNOWN_SCHEME', ['organisations', 2]],
    ]);
  });

  it('rejects more than a hundred', async () => {
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
    execute('query ($countries: [CountryCode!]) { catalogues(countries: $countries) { __typename id } }', {
      countries,
    });

  it('returns each once, in the order requested', async () => {
    expect(await catalogues(['IT', 'DK', 'IT'])).toEqual({
      data: {
        catalogues: [
          { __typename: 'ItalianCatalogue', id: 'it:catalogue' },
          { __typename: 'DanishCatalogue', id: 'dk:catalogue' },
        ],
      },
    });
    expect(await catalogues([])).toEqual({ data: { catalogues: [] } });
    expect((await catalogues(null)).data?.['catalogues']).toHaveLength(countries.length);
  });

  it('rejects a country without a catalogue', async () => {
    expect(codesOf(await catalogues(['DK', 'XR']))).toEqual([['UNKNOWN_COUNTRY', ['catalogues']]]);
    expect(codesOf(await catalogues(['dk']))).toEqual([['INVALID_COUNTRY', undefined]]);
  });
});

describe('Europe without its database', () => {
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
    '{ needs(topic: "library") { totalCount } }',
    '{ codes { totalCount } }',
    '{ crosswalk(from: { scheme: "DK_KLE", notation: "21" }) { matches { notation } } }',
    '{ peers(of: "dk:administration:0820") { totalCount } }',
    '{ reuseCheck(text: "library website") { candidates { reasons } } }',
    '{ reuseMatrix { adoptions } }',
    '{ suppliers { totalCount } }',
    '{ adoptions { totalCount } }',
    '{ solutionChanges { feedId } }',
    '{ catalogueStatus { state } }',
  ])('reports for %s that the index is unavailable', async (query) => {
    const response = await execute(query);
    expect(Object.values(response.data ?? {})).toEqual([null]);
    expect(codesOf(response).map(([code]) => code)).toEqual(['INDEX_UNAVAILABLE']);
  });

  it('resolves routes beside fields that it cannot', async () => {
    const response = await execute(
      `{ solutions { totalCount } organisation(id: "dk:administration:0820") { ${ref} } }`,
    );
    expect(response.data).toEqual({ solutions: null, organisation: { ref: 'dk:administration:0820' } });
  });
});
