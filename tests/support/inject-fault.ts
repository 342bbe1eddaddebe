import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { type Fault, internals, slowness } from './faults.js';

/** What the service that stands behind answered. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** Faults that still answer something, or begin to. */
export type TalkingFault = Exclude<Fault, 'killed' | 'hanging' | 'halfOpen' | 'restarting'>;

/** Answers with a fault, or without one. */
export async function misbehave(
  fault: TalkingFault | undefined,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  const { status, type, body } = reply;
  const send = (text: Buffer | string, contentType = type): void => {
    response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text);
  };
  const half = body.subarray(0, body.length / 2);
  switch (fault) {
    case undefined:
      send(body);
      return;
    case 'slow':
      await wait(slowness);
      send(body);
      return;
    case 'cutBody':
      response.writeHead(status, { 'content-type': type, 'content-length': body.length });
      response.write(half, () => response.destroy());
      return;
    case 'cutJson':
      send(half);
      return;
    case 'html':
      send('<!doctype html><title>Welcome</title><p>It works!', 'text/html');
      return;
    case 'endless':
      response.writeHead(status, { 'content-type': type });
      await writeForEver(response);
      return;
    case 'wrongType':
      send(body, 'text/plain');
      return;
    case 'ownErrors':
      send(JSON.stringify({ data: null, errors: [tellingError] }));
  }
}

const [address, reason, file, stack] = internals;
const tellingError = {
  message: `connect ${reason} ${address}:5432`,
  extensions: { code: 'INTERNAL_SERVER_ERROR', [stack]: [`at query (${file}:1:2)`] },
};

/** Until the reader has had enough. */
const writeForEver = (response: ServerResponse): Promise<void> => pipeline(endless, response).catch(() => undefined);

function* endless(): Generator<string> {
  yield '{"data":{"endless":"';
  for (;;) yield 'for ever and ever, '.repeat(1_000);
}
