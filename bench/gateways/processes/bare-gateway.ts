/**
 * The minimum of a gateway on Node: it sends the requests to subgraphs that were recorded for the variables of a request, and
 * concatenates the responses. It validates, merges and limits nothing.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { Pool } from 'undici';

import type { Stage } from '../record-fetches.js';
import { readSubgraphs } from './subgraphs.js';

const stagesOf = new Map(
  Object.entries(JSON.parse(readFileSync(process.env['RECORDING'] ?? '', 'utf8')) as Record<string, Stage[]>),
);
const subgraphs = new Map(
  readSubgraphs(process.env).map(({ url, headers }) => {
    const { origin, pathname } = new URL(url);
    return [pathname, { origin, headers: { 'content-type': 'application/json', ...headers } }];
  }),
);
const pools = new Map([...subgraphs.values()].map(({ origin }) => [origin, new Pool(origin, { pipelining: 1 })]));

async function fetchBody({ path, body }: Stage[number]): Promise<Uint8Array> {
  const { origin = '', headers = {} } = subgraphs.get(path) ?? {};
  const pool = pools.get(origin);
  if (!pool) throw new Error(`There is no subgraph at ${path}.`);
  const response = await pool.request({ path, method: 'POST', headers, body });
  return response.body.bytes();
}

const [begin, comma, end] = ['{"data":[', ',', ']}'].map((part) => Buffer.from(part)) as [Buffer, Buffer, Buffer];

async function respond(requestBody: string): Promise<Buffer> {
  const { variables } = JSON.parse(requestBody) as { readonly variables?: unknown };
  const parts: Uint8Array[] = [begin];
  for (const stage of stagesOf.get(JSON.stringify(variables)) ?? [])
    for (const body of await Promise.all(stage.map(fetchBody))) parts.push(...(parts.length > 1 ? [comma] : []), body);
  return Buffer.concat([...parts, end]);
}

createServer((request, response) => {
  text(request)
    .then(respond)
    .then(
      (body) => {
        const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
        response.writeHead(200, headers).end(body);
      },
      () => response.destroy(),
    );
}).listen(Number(process.env['PORT']), '127.0.0.1');
