import { type Dispatcher, request } from 'undici';

import type { Answer } from '../../support/client.js';
import type { Abuse, Refusal } from './abuse.js';

/** Every refusal is there long before. */
const patience = 20_000;

/** A refusal, and what it was read from. */
export interface Refused extends Refusal {
  readonly text: string;
  readonly answer: Pick<Answer, 'errors'>;
}

/** Sends what means harm, and reads by what it was refused. */
export async function sendAbuse(
  origin: string,
  { method = 'POST', path = '/graphql', headers, body }: Abuse,
  dispatcher: Dispatcher,
): Promise<Refused> {
  const response = await request(origin + path, {
    dispatcher,
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body?.() ?? null,
    signal: AbortSignal.timeout(patience),
  });
  const text = await response.body.text();
  const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as Refused['answer'];
  const { code, limit } = (answer.errors?.[0]?.extensions ?? {}) as Partial<Refusal>;
  return {
    status: response.statusCode,
    ...(code === undefined ? {} : { code }),
    ...(limit === undefined ? {} : { limit }),
    text,
    answer,
  };
}
