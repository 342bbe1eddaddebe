import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { type Fault, internals, slowDelayMs } from './faults.js';

/** The response of the service behind the proxy. */
export interface UpstreamResponse {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** The faults in which the service still sends a response, or a part of it. */
export type RespondingFault = Exclude<Fault, 'killed' | 'hanging' | 'halfOpen' | 'restarting'>;

/** Sends the response with a fault, or without one. */
export async function respondWithFault(
  fault: RespondingFault | undefined,
  response: ServerResponse,
  upstream: UpstreamResponse,
): Promise<void> {
  const { status, type, body } = upstream;
  const send = (text: Buffer | string, contentType = type): void => {
    response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text);
  };
  const half = body.subarray(0, body.length / 2);
  switch (fault) {
    case undefined:
      send(body);
      return;
    case 'slow':
      await wait(slowDelayMs);
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
      await writeForever(response);
      return;
    case 'wrongType':
      send(body, 'text/plain');
      return;
    case 'ownErrors':
      send(JSON.stringify({ data: null, errors: [revealingError] }));
      return;
    case 'unselectedFields':
      send(addUnselectedFields(body.toString()));
      return;
    case 'invalidTexts':
      send(body.toString().replaceAll(/"(name|title)":"/g, '"$1":"\u202e'));
      return;
    case 'manyValues':
      send(manyValues);
      return;
    case 'manyErrors':
      send(manyErrors);
  }
}

const [address, reason, file, stack] = internals;
const revealingError = {
  message: `connect ${reason} ${address}:5432`,
  extensions: { code: 'INTERNAL_SERVER_ERROR', [stack]: [`at query (${file}:1:2)`] },
};

const lie = {
  __typename: 'DanishCatalogue',
  id: 'dk:catalogue',
  country: 'DK',
  title: 'A lie',
  consortia: { totalCount: 0, nodes: [] },
};

/** Adds data of all countries and of the index at the root, and a field to every object with an id or a name. */
const addUnselectedFields = (body: string): string =>
  body
    .replaceAll(/"(id|name)":/g, '"unselected":{"title":"A lie"},"$1":')
    .replace(
      /^\{"data":\{/,
      `{"data":{"denmark":${JSON.stringify(lie)},"belgium":null,"italy":null,"catalogues":[],"organisations":[],`,
    );

const manyValues = Buffer.from(`{"data":{"denmark":[${'{"a":1},'.repeat(300_000)}{}]}}`);
const manyErrors = Buffer.from(
  JSON.stringify({ data: null, errors: Array<typeof revealingError>(20_000).fill(revealingError) }),
);

/** Writes until the reader closes the connection. */
const writeForever = (response: ServerResponse): Promise<void> => pipeline(endless, response).catch(() => undefined);

function* endless(): Generator<string> {
  yield '{"data":{"endless":"';
  for (;;) yield 'for ever and ever, '.repeat(1_000);
}
