import { type Dispatcher, request } from 'undici';

import type { GraphQLResponse } from '../../support/client.js';
import type { Abuse, Rejection } from './abuse.js';

/** Much longer than any rejection takes. */
const timeoutMs = 20_000;

/** A rejection, and the response from which it was read. */
export interface ReceivedRejection extends Rejection {
  readonly text: string;
  readonly response: Pick<GraphQLResponse, 'errors'>;
}

/** Sends an abusive request, and reads how it was rejected. */
export async function sendAbuse(
  origin: string,
  { method = 'POST', path = '/graphql', headers, body }: Abuse,
  dispatcher: Dispatcher,
): Promise<ReceivedRejection> {
  const { statusCode, body: content } = await request(origin + path, {
    dispatcher,
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body?.() ?? null,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await content.text();
  const response = (text.startsWith('{') ? JSON.parse(text) : {}) as ReceivedRejection['response'];
  const { code, limit } = (response.errors?.[0]?.extensions ?? {}) as Partial<Rejection>;
  return {
    status: statusCode,
    ...(code === undefined ? {} : { code }),
    ...(limit === undefined ? {} : { limit }),
    text,
    response,
  };
}
