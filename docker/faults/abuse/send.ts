import { type Dispatcher, request } from 'undici';

import type { Abuse, Refusal } from './abuse.js';

/** Every refusal is there long before. */
const patience = 20_000;

/** Sends what means harm, and reads by what it was refused: the first error, and how many there are. */
export async function sendAbuse(
  origin: string,
  { method = 'POST', path = '/graphql', headers, body }: Abuse,
  dispatcher?: Dispatcher,
): Promise<Refusal & { readonly errors: number; readonly text: string }> {
  const response = await request(origin + path, {
    ...(dispatcher ? { dispatcher } : {}),
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body?.() ?? null,
    signal: AbortSignal.timeout(patience),
  });
  const text = await response.body.text();
  const { errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    errors?: { extensions: Partial<Refusal> }[];
  };
  const { code, limit } = errors[0]?.extensions ?? {};
  return {
    status: response.statusCode,
    ...(code === undefined ? {} : { code }),
    ...(limit === undefined ? {} : { limit }),
    errors: errors.length,
    text,
  };
}
