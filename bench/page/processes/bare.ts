/** A bare node:http server that executes the three statements of the page, whatever the request selects: the least that Node needs. */
import { createServer, type IncomingMessage } from 'node:http';

import { nameOf, openPageStatements } from './page-statements.js';

const { findPage, findMemberships, findConsortia } = openPageStatements(process.env['DATABASE_URL'] ?? '');

createServer((request, response) => {
  void readJson(request)
    .then(({ variables }) => readPage(variables?.after))
    .then((data) => {
      const body = Buffer.from(JSON.stringify({ data }));
      response.writeHead(200, ['content-type', 'application/json; charset=utf-8', 'content-length', `${body.length}`]);
      response.end(body);
    });
}).listen(Number(process.env['PORT']), '127.0.0.1');

async function readPage(after: string | undefined) {
  const page = await findPage(20, after);
  const memberships = await findMemberships(page.map(({ id }) => id));
  const found = await findConsortia([...new Set(memberships.map(({ consortiumId }) => consortiumId))]);
  const consortia = new Map(found.map((row) => [row.id, { id: row.id, name: nameOf(row) }]));
  const byMember = new Map<string, unknown[]>(page.map(({ id }) => [id, []]));
  for (const { memberId, consortiumId } of memberships)
    byMember.get(memberId)?.push({ consortium: consortia.get(consortiumId) ?? null });
  return {
    italy: {
      administrations: {
        nodes: page.map((row) => ({ id: row.id, name: nameOf(row), memberships: byMember.get(row.id) })),
      },
    },
  };
}

function readJson(request: IncomingMessage): Promise<{ readonly variables?: { readonly after?: string } }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      resolve(JSON.parse(Buffer.concat(chunks).toString()) as object);
    });
    request.once('error', reject);
  });
}
