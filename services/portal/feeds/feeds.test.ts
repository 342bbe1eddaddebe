import { parseFeed } from '@rowanmanning/feed-parser';
import { GraphQLError } from 'graphql';

import { type FakeGateway, startFakeGateway, toPage } from '../testing/fake-gateway.js';
import { startTestPortal, type TestPortal } from '../testing/start-test-portal.js';

const provenance = (observedOn: string | null, retrievedAt: string | null = null) => ({
  source: 'https://example.org/?a=1&b=2',
  observedOn,
  retrievedAt,
  method: 'DECLARED',
});

const adoption = (index: number) => ({
  id: `dk:adoption:${index}`,
  status: 'IN_PRODUCTION',
  administrationId: index === 27 ? null : `dk:administration:${index}`,
  administration: index > 1 && index !== 27 ? { __typename: 'DanishAdministration', name: `Kommune ${index}` } : null,
  group: index === 27 ? 'A group' : null,
  solutionAddress: 'github.com/os2mo/os2mo',
  solution: { name: 'OS2mo' },
  during: { start: index === 2 ? '2026-03-01' : null },
  provenance: index === 3 ? provenance(null) : provenance(`2026-01-${String(1 + (index % 28)).padStart(2, '0')}`),
});
const adoptions = Array.from({ length: 130 }, (_, index) => adoption(index));

let gateway: FakeGateway;
let portal: TestPortal;
beforeAll(async () => {
  gateway = await startFakeGateway({
    solutions: ({ search }: { search?: string }) => {
      if (search === 'invalid') throw new GraphQLError('Not a topic.', { extensions: { code: 'INVALID_ARGUMENT' } });
      return toPage(
        [
          {
            id: 'github.com/a/old',
            name: 'Old',
            shortDescription: null,
            releaseDate: null,
            records: [{ issued: '2025-01-01T00:00:00Z' }],
          },
          {
            id: 'github.com/a/b',
            name: '<b>Bold</b> & "co" ]]>',
            shortDescription: 'Søg & find',
            releaseDate: '2026-02-01',
            records: [{ issued: '2026-01-01T00:00:00Z' }, null],
          },
          {
            id: 'github.com/a/unknown',
            name: 'Without a time',
            shortDescription: null,
            releaseDate: null,
            records: [],
          },
        ],
        {},
      );
    },
    needs: () =>
      toPage(
        [{ id: 'it:need:website', statement: 'A website', legalBasis: null, provenance: provenance('2026-02-01') }],
        {},
      ),
    consortia: () =>
      toPage(
        [
          {
            __typename: 'DanishConsortium',
            id: 'dk:consortium:os2',
            name: 'OS2',
            kind: 'ASSOCIATION',
            existed: { start: '2012-01-01' },
            provenance: provenance('2026-02-01'),
          },
        ],
        {},
      ),
    node: () => ({
      __typename: 'ItalianCatalogue',
      need: ({ id }: { id: string }) =>
        id === 'it:need:website'
          ? {
              holders: toPage(
                [
                  {
                    id: 'it:need-holder:1',
                    needId: 'it:need:website',
                    state: 'FUNDED',
                    holderId: null,
                    holder: null,
                    rawName: null,
                    rule: { kind: 'MUNICIPALITY' },
                    during: { start: '2026-04-01' },
                    provenance: provenance(null),
                  },
                ],
                {},
              ),
            }
          : null,
    }),
    solution: () => ({
      adoptions: (args: { first: number; after: string | null }) => toPage(adoptions, { ...args, first: 50 }),
    }),
    organisation: ({ id }: { id: string }) =>
      id === 'dk:administration:1'
        ? {
            __typename: 'DanishAdministration',
            name: 'Fjordby',
            memberships: [
              {
                id: 'dk:membership:1',
                role: 'MEMBER',
                consortiumId: 'dk:consortium:1',
                consortium: { __typename: 'DanishConsortium', name: 'OS2' },
                during: { start: '2020-01-01' },
                provenance: provenance(null),
              },
            ],
            adoptions: () => toPage(adoptions.slice(0, 1), {}),
          }
        : null,
  });
  portal = await startTestPortal(gateway.url, { publicUrl: 'https://portal.example' });
});
afterAll(async () => {
  await portal.stop();
  await gateway.stop();
});

const read = async (path: string) => {
  const response = await portal.fetch(path);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
};

describe('a feed of solutions', () => {
  it('has what is new for a saved search, the newest first, as an Atom parser reads it', async () => {
    const { headers, text } = await read('/feeds/solutions.atom?search=meetings&filter={"licences":["EUPL-1.2"]}');
    expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = parseFeed(text);
    expect([feed.meta.type, feed.authors[0]?.name, feed.title, feed.self]).toEqual([
      'atom',
      'Reuse Graph',
      'Solutions: meetings',
      expect.stringContaining('https://portal.example/feeds/solutions.atom?search=meetings'),
    ]);
    expect(
      feed.items.map(({ id, title, description, url, published, updated }) => ({
        id,
        title,
        description,
        url,
        published: published?.toISOString(),
        updated: updated?.toISOString(),
      })),
    ).toEqual([
      {
        id: 'https://portal.example/id/github.com/a/b',
        title: '<b>Bold</b> & "co" ]]>',
        description: 'Søg & find',
        url: 'https://portal.example/id/github.com/a/b',
        published: '2026-01-01T00:00:00.000Z',
        updated: '2026-02-01T00:00:00.000Z',
      },
      expect.objectContaining({ title: 'Old' }),
    ]);
    expect(gateway.received.at(-1)?.variables).toMatchObject({
      search: 'meetings',
      filter: { licences: ['EUPL-1.2'] },
    });
  });

  it('is read once in five minutes, and unchanged for a conditional request', async () => {
    const first = await read('/feeds/solutions.atom');
    const count = gateway.received.length;
    const again = await portal.fetch('/feeds/solutions.atom', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([again.status, gateway.received.length, first.headers.get('cache-control')]).toEqual([
      304,
      count,
      'max-age=300',
    ]);
  });

  it('names what is missing, and is then read again', async () => {
    gateway.catalogues = [{ country: 'BE', state: 'TIMEOUT' }];
    const incomplete = parseFeed((await read('/feeds/solutions.atom?search=x')).text);
    gateway.catalogues = [];
    const complete = parseFeed((await read('/feeds/solutions.atom?search=x')).text);
    expect([incomplete.description, complete.description]).toEqual(['Incomplete at present: BE TIMEOUT', null]);
  });
});

describe('a feed of the users of a solution', () => {
  it('has the newest hundred of a list of several pages that have a time', async () => {
    const { items } = parseFeed((await read('/feeds/users.atom?solution=github.com/os2mo/os2mo&countries=DK,BE')).text);
    expect(items).toHaveLength(100);
    expect(items[0]).toMatchObject({
      id: 'https://portal.example/id/dk:administration:2#dk%3Aadoption%3A2',
      title: 'Kommune 2',
      description: 'IN_PRODUCTION, since 2026-03-01. Source: https://example.org/?a=1&b=2',
    });
    // A user that has no address is at that of the solution.
    expect(items.find(({ title }) => title === 'A group')).toMatchObject({
      id: 'https://portal.example/id/github.com/os2mo/os2mo#dk%3Aadoption%3A27',
      url: 'https://portal.example/id/github.com/os2mo/os2mo',
    });
    const times = items.map(({ updated }) => updated?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });
});

describe('a feed of more entries than a page has', () => {
  const address = 'https://portal.example/feeds/users.atom?solution=github.com/os2mo/os2mo';
  const linksOf = (text: string): Record<string, string> =>
    Object.fromEntries(
      [...text.matchAll(/<link rel="(\w+)" href="([^"]*)"\/>/g)].map(([, rel = '', href = '']) => [rel, href]),
    );

  it('has further pages, which link to one another by RFC 5005', async () => {
    const path = '/feeds/users.atom?solution=github.com/os2mo/os2mo';
    const first = await read(path);
    const count = gateway.received.length;
    const second = await read(`${path}&page=2`);
    const encoded = 'https://portal.example/feeds/users.atom?solution=github.com%2Fos2mo%2Fos2mo&amp;page=2';
    expect(linksOf(first.text)).toMatchObject({ self: address, first: address, next: encoded, last: encoded });
    expect(linksOf(second.text)).toMatchObject({ self: encoded, first: address, previous: address, last: encoded });
    expect([linksOf(first.text)['previous'], linksOf(second.text)['next']]).toEqual([undefined, undefined]);
    const [newer, older] = [parseFeed(first.text), parseFeed(second.text)];
    // Of the 130, one states no time.
    expect([newer.items.length, older.items.length]).toEqual([100, 29]);
    expect(new Set([...newer.items, ...older.items].map(({ id }) => id)).size).toBe(129);
    // The pages are those of one reading.
    expect(gateway.received).toHaveLength(count);
    expect(/<id>(.*?)<\/id>/.exec(second.text)?.[1]).toBe(address);
  });

  it.each([
    ['page=3', 404, 'The feed has 2 pages.'],
    ['page=0', 400, 'page: must be an integer from 1 to 10'],
    ['page=x', 400, 'page: must be an integer from 1 to 10'],
    ['page=1&page=2', 400, 'page: must be an integer from 1 to 10'],
  ])('rejects %s with status %i: %s', async (parameter, status, message) => {
    const { status: found, text } = await read(`/feeds/users.atom?solution=github.com/os2mo/os2mo&${parameter}`);
    expect([found, text]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a feed of an organisation', () => {
  it('has its memberships, and the solutions that it uses', async () => {
    const feed = parseFeed((await read('/feeds/organisation.atom?id=dk:administration:1')).text);
    expect([feed.title, feed.items.map(({ title }) => title)]).toEqual(['Fjordby', ['OS2mo', 'OS2']]);
  });
});

it.each([
  [
    '/feeds/needs.atom?search=website&countries=IT,DK',
    'Needs: website',
    'A website',
    'https://portal.example/id/it:need:website',
    '2026-02-01',
  ],
  [
    '/feeds/consortia.atom?filter={"sharesSolutions":true}',
    'Consortia',
    'OS2',
    'https://portal.example/id/dk:consortium:os2',
    '2012-01-01',
  ],
  [
    '/feeds/holders.atom?need=it:need:website',
    'Who has the need it:need:website',
    'MUNICIPALITY',
    'https://portal.example/id/it:need:website#it%3Aneed-holder%3A1',
    '2026-04-01',
  ],
])('%s is a feed with the title %s', async (path, title, entry, id, published) => {
  const feed = parseFeed((await read(path)).text);
  expect([
    feed.title,
    feed.items.map((item) => [item.title, item.id, item.published?.toISOString().slice(0, 10)]),
  ]).toEqual([title, [[entry, id, published]]]);
  const { searchParams } = new URL(path, 'http://localhost');
  const [countries, filter] = [searchParams.get('countries'), searchParams.get('filter')];
  if (countries) expect(gateway.received.at(-1)?.variables).toMatchObject({ countries: countries.split(',') });
  if (filter) expect(gateway.received.at(-1)?.variables).toMatchObject({ filter: JSON.parse(filter) as object });
});

it.each([
  ['/feeds/users.atom', 400, 'solution: is missing'],
  ['/feeds/solutions.atom?filter=1', 400, 'filter: must be a JSON object'],
  ['/feeds/solutions.atom?filter={"nothing":1}', 400, 'nothing'],
  ['/feeds/solutions.atom?serach=meetings', 400, 'is not known; allowed: search, filter'],
  ['/feeds/needs.atom?filter={}', 400, 'is not known; allowed: search, topic, countries'],
  ['/feeds/holders.atom?need=it:need:none', 404, ''],
  ['/feeds/solutions.atom?search=invalid', 400, 'Not a topic.'],
  ['/feeds/organisation.atom?id=dk:administration:9', 404, 'There is no organisation with this id.'],
])('%s is rejected with status %i: %s', async (path, status, message) => {
  const rejected = await read(path);
  expect([rejected.status, rejected.text]).toEqual([status, expect.stringContaining(message)]);
});
