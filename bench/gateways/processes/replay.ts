/**
 * A proxy before the subgraphs, at `/<name>`. It replays the recorded response to a request that it has received before, so that a
 * gateway does not wait for subgraphs and only the gateway is measured; with LIVE=true the subgraphs execute each request. It
 * counts its requests, and sends the number to its parent on the message `count`; on the message `fetches`, the latest requests.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { Agent, request as send } from 'undici';

import type { RecordedFetch } from '../replay.js';
import { readSubgraphs } from './subgraphs.js';

interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const urls = new Map(readSubgraphs(process.env).map(({ name, url }) => [`/${name}`, url]));
const dispatcher = new Agent({ connections: 32 });
const recorded = process.env['LIVE'] === 'true' ? undefined : new Map<string, StoredResponse>();
let requests = 0;
/** Since the last message `fetches`; only the first ones, since measurements send thousands. */
const maxFetches = 1_000;
let fetches: RecordedFetch[] = [];
let responses = 0;

const server = createServer((request, response) => {
  requests += 1;
  responseTo(request).then(
    ({ status, headers, body }) => {
      responses += 1;
      response.writeHead(status, headers).end(body);
    },
    () => response.destroy(),
  );
});
// A gateway keeps its connections until its next turn.
server.keepAliveTimeout = 10 * 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('listening'));

process.on('message', (message) => {
  process.send?.(message === 'fetches' ? fetches : requests);
  if (message !== 'fetches') return;
  fetches = [];
  responses = 0;
});

async function responseTo(request: IncomingMessage): Promise<StoredResponse> {
  const after = responses;
  const body = await text(request);
  if (fetches.length < maxFetches) fetches.push({ path: request.url ?? '', body, after });
  const key = `${request.url ?? ''} ${body}`;
  const known = recorded?.get(key);
  if (known) return known;
  const response = await fetchResponse(request, body);
  recorded?.set(key, response);
  return response;
}

/** Forwards the secret of the gateway to the subgraph. */
async function fetchResponse({ url = '', headers }: IncomingMessage, body: string): Promise<StoredResponse> {
  const { authorization, accept } = headers;
  const {
    statusCode: status,
    headers: received,
    body: bytes,
  } = await send(urls.get(url) ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accept && { accept }), ...(authorization && { authorization }) },
    body,
    dispatcher,
  });
  const buffer = Buffer.from(await bytes.arrayBuffer());
  const type = String(received['content-type']);
  return { status, headers: { 'content-type': type, 'content-length': String(buffer.length) }, body: buffer };
}
