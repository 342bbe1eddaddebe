/**
 * Stands before the subgraphs, at `/<name>`. What was asked before is answered from memory, so that a gateway waits for nobody
 * and what is measured is the gateway; with LIVE=true the subgraphs answer each time. Counts what it is asked, and tells its
 * parent when that says anything.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { Agent, request as ask } from 'undici';

import { readSubgraphs } from './subgraphs.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const urls = new Map(readSubgraphs(process.env).map(({ name, url }) => [`/${name}`, url]));
const dispatcher = new Agent({ connections: 32 });
const remembered = process.env['LIVE'] === 'true' ? undefined : new Map<string, Answer>();
let asked = 0;

const server = createServer((request, response) => {
  asked += 1;
  answerTo(request).then(
    ({ status, headers, body }) => response.writeHead(status, headers).end(body),
    () => response.destroy(),
  );
});
// A gateway that waits for its next turn keeps its connections.
server.keepAliveTimeout = 10 * 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('listening'));

process.on('message', () => process.send?.(asked));

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const body = await text(request);
  const key = `${request.url ?? ''} ${body}`;
  const known = remembered?.get(key);
  if (known) return known;
  const answer = await fetchAnswer(request, body);
  remembered?.set(key, answer);
  return answer;
}

/** The subgraph is told who asks, as by the gateway itself. */
async function fetchAnswer({ url = '', headers }: IncomingMessage, body: string): Promise<Answer> {
  const { authorization, accept } = headers;
  const {
    statusCode: status,
    headers: received,
    body: bytes,
  } = await ask(urls.get(url) ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accept && { accept }), ...(authorization && { authorization }) },
    body,
    dispatcher,
  });
  const buffer = Buffer.from(await bytes.arrayBuffer());
  const type = String(received['content-type']);
  return { status, headers: { 'content-type': type, 'content-length': String(buffer.length) }, body: buffer };
}
