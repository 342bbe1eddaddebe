import { Pool } from 'undici';

/** A GraphQL request. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** An error as a client receives it. */
export interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A GraphQL response as a client receives it. */
export interface GraphQLResponse {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly ResponseError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A client of the gateway that keeps its connections. */
export interface Client {
  readonly query: (request: GraphQLRequest) => Promise<GraphQLResponse>;
  /** Sends a body as it is. */
  readonly send: (body: string) => Promise<GraphQLResponse>;
  readonly close: () => Promise<void>;
}

/** Longer than any request may take. */
const timeoutMs = 30_000;

/** @param additionalHeaders sent with each request */
export function openClient(
  origin: string,
  connections: number,
  additionalHeaders: Readonly<Record<string, string>> = {},
): Client {
  const pool = new Pool(origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const send: Client['send'] = async (body) => {
    const headers = { 'content-type': 'application/json', ...additionalHeaders };
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    return { ...((await response.body.json()) as object), status: response.statusCode };
  };
  return {
    query: (request) => send(JSON.stringify(request)),
    send,
    close: () => pool.destroy(),
  };
}
