import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { Kind, parse, print, visit } from 'graphql';

import { countries } from '../../schema/values/countries.js';
import { projectPath } from '../../schema/files.js';
import type { Random } from '../../services/kit/testing/random.js';
import type { Client, GraphQLRequest } from '../support/client.js';

/** A request, and the data of its response while nothing is wrong. */
export interface RecordedOperation {
  readonly request: GraphQLRequest;
  readonly whole: unknown;
}

/** What ordinary clients send: examples, organisations, pages of lists. */
export interface RecordedOperations {
  /** A random one; some are new requests, for which no response can be cached. */
  readonly next: () => RecordedOperation;
  /** A new request for organisations, at least one of which is of this country if one is given. */
  readonly fresh: (country?: string) => RecordedOperation;
  /** Each of them once. */
  readonly all: readonly RecordedOperation[];
}

const organisationsQuery = `query ($ids: [ID!]) {
  organisations(ids: $ids) { id name country homepage memberships { role consortium { id name } } }
}`;

/** Sends every request once and records the responses. @throws Error if a response is not whole. */
export async function recordOperations(client: Client, random: Random): Promise<RecordedOperations> {
  const record = async (request: GraphQLRequest): Promise<RecordedOperation> => {
    const { status, data, errors } = await client.query(request);
    if (status !== 200 || !data || errors) {
      throw new Error(`A response has errors although nothing is wrong: ${JSON.stringify({ request, errors })}`);
    }
    return { request, whole: data };
  };
  const ids = extractIds((await record({ query: someIds })).whole);
  const examples = await recordAll(readExamples(), record);
  const pages = await recordAll(createPageRequests(), record);
  const single = await recordAll(
    ids.map((id) => ({ query: organisationQuery, variables: { id } })),
    record,
  );
  const several = await recordAll(
    ids.map((id) => ({ query: organisationsQuery, variables: { ids: [id, ...random.some(ids, 4)] } })),
    record,
  );
  let turn = 0;
  const fresh: RecordedOperations['fresh'] = (country = '') => {
    const isOfCountry = (id: string): boolean => id.startsWith(country.toLowerCase());
    const ofCountry = several.filter(({ request }) => idsOf(request).some(isOfCountry));
    return makeUnique(random.pick([ofCountry[0] ?? several[0], ...ofCountry.slice(1)]), (turn += 1));
  };
  const next = (): RecordedOperation =>
    random.chance(0.4) ? fresh() : random.pick(random.pick([examples, pages, single]));
  return { next, fresh, all: [...examples, ...pages, ...single, ...several] };
}

type NonEmpty<Item> = readonly [Item, ...Item[]];

async function recordAll(
  requests: readonly GraphQLRequest[],
  record: (request: GraphQLRequest) => Promise<RecordedOperation>,
): Promise<NonEmpty<RecordedOperation>> {
  const recorded: RecordedOperation[] = [];
  for (const request of requests) recorded.push(await record(request));
  const [first, ...others] = recorded;
  if (!first) throw new Error('There are no requests to record.');
  return [first, ...others];
}

/** Adds an organisation that no country has, another one each turn. */
function makeUnique({ request, whole }: RecordedOperation, turn: number): RecordedOperation {
  const { organisations } = whole as { organisations: readonly unknown[] };
  return {
    request: { ...request, variables: { ids: [...idsOf(request), `zz:administration:${turn}`] } },
    whole: { organisations: [...organisations, null] },
  };
}

const idsOf = ({ variables }: GraphQLRequest): readonly string[] => (variables as { ids: readonly string[] }).ids;

const someIds = '{ catalogues { administrations(first: 30) { nodes { id } } consortia(first: 10) { nodes { id } } } }';

const extractIds = (data: unknown): string[] =>
  [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id);

const organisationQuery = `query ($id: ID!) {
  organisation(id: $id) { id name country homepage identifiers { scheme notation } ... on Administration { kind population { count on } } }
}`;

/** Pages of several lengths, of each country alone and of all. */
const createPageRequests = (): GraphQLRequest[] => {
  const list = 'administrations(first: $first) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } }';
  const roots = [...countries.map(({ folder }) => folder), 'catalogues'];
  return roots.flatMap((root) =>
    [1, 5, 20].map((first) => ({ query: `query ($first: Int) { ${root} { country ${list} } }`, variables: { first } })),
  );
};

/** The operations of the playground, without the fields on the freshness of the index: these change when a country is killed, and should. */
function readExamples(): GraphQLRequest[] {
  const folder = projectPath('gateway/playground/operations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const variables = `${folder}/${file.replace('.graphql', '.variables.json')}`;
      return {
        query: withoutFreshness(readFileSync(`${folder}/${file}`, 'utf8')),
        ...(existsSync(variables)
          ? { variables: JSON.parse(readFileSync(variables, 'utf8')) as Record<string, unknown> }
          : {}),
      };
    });
}

const freshness = new Set(['staleCatalogues', 'catalogueStatus', 'notConsidered']);

const withoutFreshness = (query: string): string =>
  print(visit(parse(query), { [Kind.FIELD]: ({ name }) => (freshness.has(name.value) ? null : undefined) }));
