/**
 * The process that speaks for twenty-seven countries: `feeds.js <share>`. `/FR` is the change feed of France, as the contract
 * has it; its pages are made when they are asked for. `/FR/more` lets France adopt one more solution. It sends its port to
 * its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { createEntries } from './entries.js';
import { createWorld, feedLength, type Land, placeOf } from './world.js';

const world = createWorld(Number(process.argv[2]));
const contentOf = createEntries(world);
const lands = new Map(world.map((land) => [land.code, { land, length: feedLength(land) }]));

const server = createServer((request, response) => {
  const [, code = '', more] = (request.url ?? '').split('/');
  const feed = lands.get(code);
  void text(request).then((body) => {
    if (!feed) return response.writeHead(404).end();
    if (more !== undefined) {
      feed.length += 1;
      return response.end(JSON.stringify(contentOf(feed.land, 'adoption', placeOf(feed.land, feed.length - 1).place)));
    }
    const { variables } = JSON.parse(body) as { variables: { after: string | null; first: number } };
    const answer = JSON.stringify(pageOf(feed, Number(variables.after ?? 0), variables.first));
    return response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

function pageOf({ land, length }: { readonly land: Land; readonly length: number }, from: number, first: number) {
  const until = Math.min(length, from + first);
  const nodes = Array.from({ length: until - from }, (_, index) => nodeOf(land, from + index));
  const pageInfo = { hasNextPage: until < length, endCursor: String(until) };
  return { data: { catalogue: { languages: land.languages, changes: { feedId: 'scale', pageInfo, nodes } } } };
}

function nodeOf(land: Land, number: number) {
  const { kind, place } = placeOf(land, number);
  const content = contentOf(land, kind, place);
  return {
    at: '2026-01-01T00:00:00.000Z',
    kind: 'UPSERT',
    subject: kind.toUpperCase(),
    subjectId: content.id,
    [kind === 'portfolio' ? 'portfolioEntry' : kind]: content,
  };
}
