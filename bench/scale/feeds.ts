/**
 * A process that serves the change feeds of twenty-seven made-up countries: `feeds.js <share>`. `/FR` is the feed of France,
 * in the form of the contract; its pages are made when they are requested. `/FR/more` adds an adoption to France. The process
 * sends its port to its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { createEntries } from './entries.js';
import { entryAt, feedLength, type MadeUpCountry, makeUpCountries } from './made-up-countries.js';

interface Feed {
  readonly country: MadeUpCountry;
  length: number;
}

const countries = makeUpCountries(Number(process.argv[2]));
const createEntry = createEntries(countries);
const feeds = new Map(
  countries.map((country): [string, Feed] => [country.code, { country, length: feedLength(country) }]),
);

const server = createServer((request, response) => {
  const [, code = '', more] = (request.url ?? '').split('/');
  const feed = feeds.get(code);
  void text(request).then((body) => {
    if (!feed) return response.writeHead(404).end();
    if (more !== undefined) {
      feed.length += 1;
      const { number } = entryAt(feed.country, feed.length - 1);
      return response.end(JSON.stringify(createEntry(feed.country, 'adoption', number)));
    }
    const { variables } = JSON.parse(body) as { variables: { after: string | null; first: number } };
    const page = createPage(feed, Number(variables.after ?? 0), variables.first);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

function createPage({ country, length }: Feed, from: number, first: number) {
  const until = Math.min(length, from + first);
  const nodes = Array.from({ length: until - from }, (_, index) => createNode(country, from + index));
  const pageInfo = { hasNextPage: until < length, endCursor: String(until) };
  return { data: { catalogue: { languages: country.languages, changes: { feedId: 'scale', pageInfo, nodes } } } };
}

function createNode(country: MadeUpCountry, index: number) {
  const { kind, number } = entryAt(country, index);
  const content = createEntry(country, kind, number);
  return {
    at: '2026-01-01T00:00:00.000Z',
    kind: 'UPSERT',
    subject: kind.toUpperCase(),
    subjectId: content.id,
    [kind === 'portfolio' ? 'portfolioEntry' : kind]: content,
  };
}
