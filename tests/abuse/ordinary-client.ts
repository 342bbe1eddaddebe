import { Pool } from 'undici';

import { countries } from '../../schema/values/countries.js';
import { type Expectation, checkResponse } from '../soak/check-response.js';
import { type GraphQLRequest, type GraphQLResponse, openClient } from '../support/client.js';

/** What clients know of a graph. */
export interface ClientEndpoints {
  readonly gateway: string;
  /** Default: they request no pages. */
  readonly portal?: string;
  /** What no response may contain. */
  readonly secrets: readonly string[];
}

/** How the gateway makes a response: from the response cache, by executing a known operation, or by planning a new one. */
const queryKinds = ['cached', 'executed', 'planned'] as const;
type QueryKind = (typeof queryKinds)[number];

/** A page of the portal is rendered from data that is in the response cache. */
export const requestKinds = [...queryKinds, 'page'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** The kinds of requests that clients of these endpoints send. */
export const kindsOf = ({ portal }: ClientEndpoints): readonly RequestKind[] =>
  portal === undefined ? queryKinds : requestKinds;

/** Of each client: more than it has requests in flight while a country does not respond. */
const maxConnections = 20;

/** A response to a client. */
export interface OrdinaryResponse {
  /** What all responses of this kind must contain. @throws Error if it is not whole. */
  readonly requireWhole: () => unknown;
  readonly findProblems: (expectation: Expectation) => readonly string[];
}

/** A client with an address of its own, which sends requests that are within all limits. */
export interface OrdinaryClient {
  /** @param turn makes a request one that was not sent before. */
  readonly send: (kind: RequestKind, turn: number) => Promise<OrdinaryResponse>;
  readonly close: () => Promise<void>;
}

export function openOrdinaryClient({ gateway, portal }: ClientEndpoints, address: string): OrdinaryClient {
  const headers = { 'x-forwarded-for': address };
  const client = openClient(gateway, maxConnections, headers);
  const reader = portal === undefined ? undefined : new Pool(portal, { connections: maxConnections });
  const readPage = async (): Promise<OrdinaryResponse> => {
    if (!reader) throw new Error('The graph was started without a portal.');
    const { statusCode, body } = await reader.request({ method: 'GET', path: pagePath, headers });
    return toPageResponse(statusCode, await body.text());
  };
  return {
    send: async (kind, turn) =>
      kind === 'page' ? readPage() : toQueryResponse(await client.query(createRequest(kind, turn))),
    close: async () => {
      await client.close();
      await reader?.destroy();
    },
  };
}

const pagePath = '/en/about';

const toPageResponse = (status: number, text: string): OrdinaryResponse => ({
  requireWhole: () => {
    if (status !== 200 || !text.includes('"missing":[]'))
      throw new Error(`The page is not whole before any attack: ${text}`);
    return text;
  },
  findProblems: ({ whole, hadFault }) => {
    if (status !== 200) return [`status ${status}`];
    return text === whole || countries.some(({ folder }) => hadFault(folder)) ? [] : ['the page differs'];
  },
});

const list = 'consortia(first: 3) { nodes { id name } }';
const ids = ['dk:administration:0820', 'be:administration:25110', 'it:administration:062008'];

/** A request of a kind; `turn` makes it one that was not sent before. */
function createRequest(kind: QueryKind, turn: number): GraphQLRequest {
  switch (kind) {
    case 'cached':
      return { query: `{ catalogues { country title ${list} } }` };
    case 'executed':
      return {
        query: `query ($ids: [ID!]) { organisations(ids: $ids) { id name } denmark { ${list} } italy { ${list} } belgium { ${list} } }`,
        variables: { ids: [...ids, `zz:administration:${turn}`] },
      };
    case 'planned':
      return { query: `query Turn${turn} { organisations(ids: ${JSON.stringify(ids)}) { id turn${turn}: name } }` };
  }
}

/** A response's data without what differs by turn. */
const normalise = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data).replaceAll(/"turn\d+":/g, '"turn":')) as unknown;

const toQueryResponse = (response: GraphQLResponse): OrdinaryResponse => ({
  requireWhole: () => {
    const { data, errors } = response;
    if (!data || errors) throw new Error(`A response has errors before any attack: ${JSON.stringify(errors)}`);
    return normalise(data);
  },
  findProblems: (expectation) => {
    const data = normalise(response.data ?? null) as Record<string, unknown> | null;
    return checkResponse({ ...response, data }, expectation);
  },
});
