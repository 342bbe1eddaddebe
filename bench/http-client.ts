import { Pool } from 'undici';

/** A client of a GraphQL endpoint that keeps its connections. */
export interface GraphQLClient {
  /** The body of the response. Rejects if it contains errors. */
  readonly query: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** The data of the response. */
  readonly readData: (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/**
 * @param url of the endpoint, `http://127.0.0.1:4000/graphql`
 * @param secret that a subgraph requires
 */
export function openGraphQLClient(url: string, connections: number, secret?: string): GraphQLClient {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
  };
  const execute: GraphQLClient['query'] = async (query, variables) => {
    const request = { path, method: 'POST', headers, body: JSON.stringify({ query, variables }) } as const;
    const { statusCode, body } = await pool.request(request);
    const text = await body.text();
    // In a response, errors come before data.
    if (statusCode === 200 && text.startsWith('{"data":')) return text.trimEnd();
    throw new Error(`${url} responded with status ${statusCode}: ${text.slice(0, 500)}`);
  };
  return {
    query: execute,
    readData: async (query, variables) => dataOf(await execute(query, variables)),
    close: () => pool.destroy(),
  };
}

/** The data of a response, without its `extensions` with the state of each catalogue. */
export const dataOf = (response: string): unknown => (JSON.parse(response) as { readonly data: unknown }).data;
