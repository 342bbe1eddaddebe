import {
  ApolloClient,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { createClient, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import {
  type GraphQLInterfaceType,
  introspectionFromSchema,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';
import {
  Environment,
  fetchQuery,
  type GraphQLResponse,
  Network,
  RecordSource,
  Store,
  type Variables,
} from 'relay-runtime';

import { readProjectFile } from '../../../schema/files.js';
import { apiSchema } from '../../../schema/sdl/api-schema.js';
import { compileRelay } from '../../support/compile-relay.js';
import { graph } from './graph.js';

const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
const os2 = 'dk:consortium:41849983';
const variables = { id: os2, first: 3 };

let url: string;
beforeAll(() => {
  url = `${graph.origin}/graphql`;
});

interface Members {
  readonly organisation: {
    readonly members: {
      readonly edges: readonly { readonly node: { readonly member: { readonly id: string } } }[];
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    };
  };
}

/** What each client has to show after two pages of three. */
async function firstSixMembers(): Promise<readonly string[]> {
  const { data } = await graph.query(membersQuery, { id: os2, first: 6 });
  return memberIds(toMembers(data));
}

const memberIds = ({ organisation }: Members): string[] => organisation.members.edges.map(({ node }) => node.member.id);

const membersQuery = `query Members($id: ID!, $first: Int!, $after: String) {
  organisation(id: $id) {
    __typename
    id
    ... on Consortium {
      members(first: $first, after: $after) {
        edges { cursor node { __typename id member { __typename id name } } }
        pageInfo { endCursor hasNextPage }
      }
    }
  }
}`;

/** Changes of two countries, whose ids a normalising client must not confuse. */
const changesQuery = `{
  belgium { id changes(first: 3) { nodes { id at } } }
  italy { id changes(first: 3) { nodes { id at } } }
}`;

const partialQuery = `{ denmark { id title } belgium { id title } }`;

interface Titles {
  readonly denmark: { readonly title: string } | null;
  readonly belgium: { readonly title: string } | null;
}

describe('Apollo Client', () => {
  const partialDocument: TypedDocumentNode<Titles> = gql(partialQuery);
  const possibleTypes = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type): type is GraphQLInterfaceType => isInterfaceType(type))
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
  const createApollo = () =>
    new ApolloClient({
      link: new HttpLink({ uri: url }),
      cache: new InMemoryCache({
        possibleTypes,
        typePolicies: { Consortium: { fields: { members: relayStylePagination() } } },
      }),
    });

  it('adds pages of a list below the root to the first', async () => {
    const client = createApollo();
    const query = gql(membersQuery);
    const { endCursor } = toMembers((await client.query({ query, variables })).data).organisation.members.pageInfo;
    await client.watchQuery({ query, variables }).fetchMore({ variables: { ...variables, after: endCursor } });
    expect(memberIds(toMembers(client.readQuery({ query, variables })))).toEqual(await firstSixMembers());
    expect(Object.keys(client.cache.extract() as object)).toContain(`DanishConsortium:${os2}`);
    client.stop();
  });

  it('keeps objects of two countries apart by their ids', async () => {
    const client = createApollo();
    const { data } = await client.query({ query: gql(changesQuery) });
    expect(withoutTypes(data)).toEqual((await graph.query(changesQuery)).data);
    client.stop();
  });

  it('shows the data of the countries that respond, and the error of one that does not', async () => {
    await graph.stopSubgraphs(['belgium']);
    const client = createApollo();
    const { data, error } = await client.query({ query: partialDocument, errorPolicy: 'all' });
    expect([data?.belgium, typeof data?.denmark?.title]).toEqual([null, 'string']);
    expect(CombinedGraphQLErrors.is(error) && error.errors.map(({ path }) => path)).toEqual([['belgium']]);
    client.stop();
    await graph.stopSubgraphs([]);
  });
});

describe('urql with its normalised cache', () => {
  /** Types without an id are stored with the object that they belong to. */
  const keys = Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !('id' in type.getFields()))
      .map(({ name }) => [name, () => null]),
  );
  const createUrql = () =>
    createClient({
      url,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({
          schema: introspectionFromSchema(schema),
          resolvers: { DanishConsortium: { members: relayPagination() } },
          keys,
        }),
        fetchExchange,
      ],
    });

  it('adds pages of a list below the root to the first', async () => {
    const client = createUrql();
    const { data } = await client.query<Members>(membersQuery, variables);
    const { endCursor } = toMembers(data).organisation.members.pageInfo;
    const both = await client.query<Members>(membersQuery, { ...variables, after: endCursor });
    expect(memberIds(toMembers(both.data))).toEqual(await firstSixMembers());
  });

  it('keeps objects of two countries apart by their ids', async () => {
    const { data, error } = await createUrql().query<unknown>(changesQuery, {});
    expect(error).toBeUndefined();
    expect(withoutTypes(data)).toEqual((await graph.query(changesQuery)).data);
  });

  it('shows the data of the countries that respond, and the error of one that does not', async () => {
    await graph.stopSubgraphs(['belgium']);
    const { data, error } = await createUrql().query<Titles>(partialQuery, {});
    expect([data?.belgium, typeof data?.denmark?.title]).toEqual([null, 'string']);
    expect(error?.graphQLErrors.map(({ path }) => path)).toEqual([['belgium']]);
    await graph.stopSubgraphs([]);
  });
});

type StoredRecord = Readonly<Record<string, unknown>>;

describe('Relay', () => {
  const operations = `
    query clientsMembersQuery($id: ID!, $first: Int!) {
      organisation(id: $id) { id ...clients_members @alias(as: "consortium") @arguments(first: $first) }
    }
    fragment clients_members on Consortium
      @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
      @refetchable(queryName: "clientsMembersPageQuery") {
      id
      members(first: $first, after: $after) @connection(key: "clients_members") { edges { node { id member { id name } } } }
    }
    query clientsChangesQuery {
      belgium { id changes(first: 3) { nodes { id at } } }
      italy { id changes(first: 3) { nodes { id at } } }
    }
    query clientsPartialQuery { denmark { id title } belgium { id title } }`;

  const createEnvironment = () =>
    new Environment({
      network: Network.create(
        async ({ text }, values) => (await graph.query(text ?? '', values)) as unknown as GraphQLResponse,
      ),
      store: new Store(new RecordSource()),
    });

  let requests: Awaited<ReturnType<typeof compileRelay>>;
  beforeAll(async () => {
    requests = await compileRelay(printSchema(schema), operations);
  });

  const requestNamed = (name: string) => {
    const request = requests.get(name);
    if (!request) throw new Error(`Relay compiled no ${name}`);
    return request;
  };
  const fetchInto = (environment: Environment, name: string, values: Variables) =>
    fetchQuery(environment, requestNamed(name), values).toPromise();

  it('fetches a page of a list below the root by the id of its object, and adds it to the first', async () => {
    const environment = createEnvironment();
    await fetchInto(environment, 'clientsMembersQuery', variables);
    /** The records of the store, which refer to each other by their keys. */
    const read = (key: string): StoredRecord => environment.getStore().getSource().toJSON()[key] as StoredRecord;
    const connection = `client:${os2}:__clients_members_connection`;
    const after = read(`${connection}:pageInfo`)['endCursor'];
    await fetchInto(environment, 'clientsMembersPageQuery', { ...variables, after });
    const { __refs: edges } = read(connection)['edges'] as { readonly __refs: readonly string[] };
    const follow = (record: StoredRecord, field: string) => read((record[field] as { readonly __ref: string }).__ref);
    const members = edges.map((edge) => follow(follow(read(edge), 'node'), 'member')['id']);
    expect(members).toEqual(await firstSixMembers());
  });

  it('keeps objects of two countries apart by their ids', async () => {
    const data = await fetchInto(createEnvironment(), 'clientsChangesQuery', {});
    expect(data).toEqual((await graph.query(changesQuery)).data);
  });

  it('shows the data of the countries that respond, and null for one that does not', async () => {
    await graph.stopSubgraphs(['belgium']);
    const data = await fetchInto(createEnvironment(), 'clientsPartialQuery', {});
    expect(data).toEqual({ denmark: { id: 'dk:catalogue', title: expect.any(String) as string }, belgium: null });
    await graph.stopSubgraphs([]);
  });
});

const toMembers = (data: unknown): Members => data as Members;

/** Clients add `__typename` to every selection. */
const withoutTypes = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === '__typename' ? undefined : value)));
