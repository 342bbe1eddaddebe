import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';

import { Webhook } from 'standardwebhooks';

import { listen } from '../../kit/listen.js';
import type { Certificate } from '../../kit/testing/certificate.js';
import type { Random } from '../../kit/testing/random.js';

/** What a receiver has got. */
export interface ReceivedMessage {
  readonly id: string;
  readonly type: string;
  readonly subjectId: string;
  readonly sequence: number;
  /** The number of valid signatures. */
  readonly signatures: number;
}

/** A server that receives webhooks. */
export interface Receiver {
  readonly url: string;
  /** Each message that it has accepted, in the order of arrival; again if it arrived again. */
  readonly accepted: ReceivedMessage[];
  /** What could not be verified. */
  readonly forged: string[];
  /** How many requests there were, and how each was treated. */
  readonly treatments: Map<string, number>;
  /** The secrets by which messages are verified. */
  secrets: string[];
  /** How the next requests are treated. */
  treat: Treatment;
  readonly stop: () => Promise<void>;
}

/** Decides how a request is treated: a name of `treatments`. */
export type Treatment = () => keyof typeof treatments;

/** Every way in which a receiver can respond. `true`: it has the message, whether the sender knows or not. */
const treatments = {
  accept: (response: ServerResponse) => respond(response, 204),
  acceptWithEndlessBody: (response: ServerResponse) => {
    response.writeHead(200);
    response.write('x'.repeat(200_000));
    return true;
  },
  // Accepted, but the sender does not get to know.
  loseResponse: (response: ServerResponse) => {
    response.destroy();
    return true;
  },
  hangAfterwards: (_response: ServerResponse) => true,
  fail: (response: ServerResponse) => respond(response, 500),
  overload: (response: ServerResponse) => respond(response, 503, { 'retry-after': '0' }),
  limit: (response: ServerResponse) => respond(response, 429),
  reject: (response: ServerResponse) => respond(response, 400),
  redirect: (response: ServerResponse) => respond(response, 307, { location: '/elsewhere' }),
  gone: (response: ServerResponse) => respond(response, 410),
  sendGarbage: (response: ServerResponse) => {
    response.socket?.end('this is not HTTP\r\n\r\n');
    return false;
  },
  disconnect: (response: ServerResponse) => {
    response.destroy();
    return false;
  },
} as const;

function respond(response: ServerResponse, status: number, headers: Record<string, string> = {}): boolean {
  response.writeHead(status, headers).end();
  return status < 300;
}

/** Fails in every way, and accepts about half of the messages. Hanging is rare, because each takes the sender's time limit. */
export const failInEveryWay =
  (random: Random): Treatment =>
  () => {
    if (random.chance(0.45)) return 'accept';
    if (random.chance(0.01)) return 'hangAfterwards';
    return random.pick([
      'acceptWithEndlessBody',
      'loseResponse',
      'fail',
      'overload',
      'limit',
      'reject',
      'redirect',
      'sendGarbage',
      'disconnect',
    ]);
  };

/** Starts a receiver on a free port of this machine, which accepts everything. @param tls by which it is reached over https. */
export async function startReceiver(tls?: Certificate): Promise<Receiver> {
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const name = receiver.treat();
    receiver.treatments.set(name, (receiver.treatments.get(name) ?? 0) + 1);
    const message = verify(body, request, receiver);
    if (request.url !== '/hook') receiver.forged.push(`to ${String(request.url)}`);
    if (treatments[name](response) && message) receiver.accepted.push(message);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    receive(request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer({ cert: tls.certificate, key: tls.key }, listener) : createServer(listener);
  const port = await listen(server, 0, '127.0.0.1');
  const receiver: Receiver = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/hook`,
    accepted: [],
    forged: [],
    treatments: new Map(),
    secrets: [],
    treat: () => 'accept',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Verifies a message as a receiver does that follows the standard. */
function verify(
  body: string,
  { headers }: IncomingMessage,
  { secrets, forged }: Receiver,
): ReceivedMessage | undefined {
  const valid = secrets.filter((secret) => {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  });
  if (valid.length === 0) {
    forged.push(body);
    return undefined;
  }
  const { type, data } = JSON.parse(body) as { type: string; data: { subjectId: string; sequence: number } };
  return { id: String(headers['webhook-id']), type, ...data, signatures: valid.length };
}

/** What a receiver missed, got in the wrong order, or could not verify: one line each. */
export function findProblems({ accepted, forged }: Receiver, expected: ReadonlyMap<string, number>): string[] {
  const problems = forged.map((message) => `forged: ${message}`);
  const firsts = new Map<string, ReceivedMessage>();
  for (const message of accepted) if (!firsts.has(message.id)) firsts.set(message.id, message);
  const bySubject = new Map<string, number[]>();
  for (const { subjectId, sequence } of firsts.values())
    bySubject.set(subjectId, [...(bySubject.get(subjectId) ?? []), sequence]);
  for (const [subjectId, count] of expected) {
    const sequences = bySubject.get(subjectId) ?? [];
    if (sequences.length !== count) problems.push(`${subjectId}: ${sequences.length} of ${count} messages`);
    if (sequences.some((sequence, index) => index > 0 && sequence <= (sequences[index - 1] ?? 0)))
      problems.push(`${subjectId}: out of order: ${sequences.join(', ')}`);
  }
  return problems;
}
