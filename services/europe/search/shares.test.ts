import { useCountryIndex } from '../testing/country-index.js';
import { contents } from '../testing/feed-contents.js';
import type { FakeCountry } from '../testing/fake-country.js';
import { settleSome } from '../testing/settle-some.js';

const world = useCountryIndex();

/** Publishes records of one publisher, named `<name> <publisher> <number>`, in the catalogue of a country. */
const publish = (country: FakeCountry, publisher: string, count: number, name: string, more: object = {}): void => {
  for (let number = 0; number < count; number += 1)
    country.publish(
      'RECORD',
      contents.record(
        `${country.folder}:record:${publisher}-${number}`,
        `example.org/${country.folder}/${publisher}/${number}`,
        { name: `${name} ${publisher} ${number}`, publisherId: `${country.folder}:consortium:${publisher}`, ...more },
      ),
    );
};

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

async function readPage(page: object, filter = ''): Promise<Connection> {
  const { solutions } = (await world.index.query(
    `query ($first: Int, $after: String) { solutions(search: "portal", first: $first, after: $after ${filter}) {
      totalCount nodes { id } pageInfo { endCursor hasNextPage } } }`,
    { ...page },
  )) as { solutions: Connection };
  return solutions;
}

/** How many of these solutions are of each catalogue and publisher: `be/spam`. */
const countByPublisher = ({ nodes }: Connection): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { id } of nodes) {
    const [, country, publisher] = id.split('/') as [string, string, string];
    counts[`${country}/${publisher}`] = (counts[`${country}/${publisher}`] ?? 0) + 1;
  }
  return counts;
};

it('a publisher with the best matches has a share of the first results, and so has a catalogue', async () => {
  // The search is the beginning of these names; the others only contain it, and one word of a text.
  for (const publisher of ['spam', 'spam2', 'spam3']) publish(world.belgium, publisher, 40, 'Portal');
  publish(world.belgium, 'genuine', 3, 'The city portal of');
  publish(world.denmark, 'one', 8, 'A portal of');
  publish(world.denmark, 'two', 4, 'Something else by', {
    descriptions: [{ ...noTexts, language: 'en', longDescription: 'It is a portal.' }],
  });
  await world.index.catchUp();
  const first = await readPage({ first: 20 });
  expect(first.totalCount).toBe(135);
  // The first round has ten of each catalogue, at most five of one publisher; of a catalogue, the best ones.
  expect(countByPublisher(first)).toEqual({ 'be/spam': 5, 'be/spam2': 5, 'dk/one': 5, 'dk/two': 4, 'be/spam3': 1 });
  // The second round has the other publishers of both catalogues before a publisher's next ones.
  expect(countByPublisher(await readPage({ first: 40 }))).toMatchObject({
    'be/spam3': 5,
    'be/genuine': 3,
    'dk/one': 8,
  });
});
const noTexts = {
  localisedName: null,
  shortDescription: null,
  documentation: null,
  apiDocumentation: null,
  features: [],
  awards: [],
};

it('every result is on exactly one page, in the order of the whole list', async () => {
  const { nodes } = await readPage({ first: 200 });
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(135);
  const paged: string[] = [];
  for (let after: string | null = null, hasNextPage = true; hasNextPage;) {
    const page = await readPage({ first: 7, after });
    paged.push(...page.nodes.map(({ id }) => id));
    ({ endCursor: after, hasNextPage } = page.pageInfo);
  }
  expect(paged).toEqual(nodes.map(({ id }) => id));
});

it('the results are the same once their solutions are settled', async () => {
  const before = await readPage({ first: 200 });
  await settleSome(world.index.database);
  expect(await readPage({ first: 200 })).toEqual(before);
});

it('the shares are those of the filtered results', async () => {
  const filter = ', filter: { publishedIn: ["DK"] }';
  const { totalCount, ...page } = await readPage({ first: 10 }, filter);
  expect(totalCount).toBe(12);
  expect(countByPublisher({ totalCount, ...page })).toEqual({ 'dk/one': 6, 'dk/two': 4 });
});

it('a catalogue cannot use up the share of a publisher elsewhere, or move the solutions of another one back', async () => {
  const before = (await readPage({ first: 200 })).nodes.map(({ id }) => id).filter((id) => id.includes('/dk/'));
  publish(world.belgium, 'impostor', 30, 'Portal', { publisherId: 'dk:consortium:one' });
  for (let number = 0; number < 8; number += 1)
    world.belgium.publish(
      'RECORD',
      contents.record(`be:record:copy-${number}`, `example.org/dk/one/${number}`, {
        name: `Something ${number}`,
        publisherId: 'be:consortium:spam',
        descriptions: [{ ...noTexts, language: 'en', longDescription: 'It is a portal.' }],
      }),
    );
  await world.index.catchUp();
  const first = await readPage({ first: 20 });
  expect(countByPublisher(first)).toMatchObject({ 'dk/one': 5, 'dk/two': 4 });
  const after = (await readPage({ first: 200 })).nodes.map(({ id }) => id).filter((id) => id.includes('/dk/'));
  expect(after).toEqual(before);
});

it('a country has a share of the first organisations', async () => {
  for (let number = 0; number < 30; number += 1)
    world.belgium.publish('ADMINISTRATION', contents.administration(`be:administration:${number}`, 'Aalborg'));
  for (let number = 0; number < 12; number += 1)
    world.denmark.publish(
      'ADMINISTRATION',
      contents.administration(`dk:administration:${number}`, `City of Aalborg ${number}`),
    );
  world.denmark.publish(
    'ADMINISTRATION',
    contents.administration('dk:administration:00', 'Aalborg', { kind: 'REGION' }),
  );
  world.denmark.publish('ADMINISTRATION', contents.administration('dk:administration:town', 'Aalborg'));
  await world.index.catchUp();
  const read = async (page: object): Promise<{ ids: string[]; totalCount: number; endCursor: string | null }> => {
    const { administrations } = (await world.index.query(
      `query ($first: Int, $after: String) { administrations(search: "aalborg", first: $first, after: $after) {
        totalCount nodes { ... on DanishAdministration { ref } ... on BelgianAdministration { ref } } pageInfo { endCursor } } }`,
      { ...page },
    )) as {
      administrations: { totalCount: number; nodes: { ref: string }[]; pageInfo: { endCursor: string | null } };
    };
    const { totalCount, nodes, pageInfo } = administrations;
    return { ids: nodes.map(({ ref }) => ref), totalCount, endCursor: pageInfo.endCursor };
  };
  const { ids, totalCount } = await read({ first: 200 });
  expect([totalCount, new Set(ids).size]).toEqual([44, 44]);
  const countries = ids.map((id) => id.slice(0, 2));
  expect(countries.slice(0, 20)).toEqual([
    ...Array<string>(11).fill('be').with(10, 'dk'),
    ...Array<string>(9).fill('dk'),
  ]);
  // Of whole names, that of a municipality first.
  expect(ids.slice(10, 12)).toEqual(['dk:administration:town', 'dk:administration:00']);
  expect(countries.slice(20, 34)).toEqual([...Array<string>(10).fill('be'), 'dk', 'dk', 'dk', 'dk']);
  const paged: string[] = [];
  for (let after: string | null = null; paged.length < 44;) {
    const page = await read({ first: 5, after });
    paged.push(...page.ids);
    after = page.endCursor;
  }
  expect(paged).toEqual(ids);
});

describe('a search with more matches than are ranked', () => {
  beforeAll(async () => {
    const texts = { ...noTexts, language: 'en', longDescription: 'It keeps every depot.' };
    // More names than are ranked begin with the search; Denmark has only texts that contain it.
    publish(world.belgium, 'many', 700, 'Depot', { descriptions: [texts] });
    publish(world.belgium, 'named', 1, 'Any', { name: 'Depot' });
    publish(world.denmark, 'few', 15, 'Magazine', { descriptions: [texts] });
    await world.index.catchUp();
    await settleSome(world.index.database);
  });

  const read = async (page: object): Promise<Connection & { readonly pageInfo: { readonly startCursor: string } }> => {
    const { solutions } = (await world.index.query(
      `query ($first: Int, $after: String, $last: Int, $before: String, $filter: SolutionFilter) {
        solutions(search: "depot", first: $first, after: $after, last: $last, before: $before, filter: $filter) {
          totalCount nodes { id } pageInfo { startCursor endCursor hasNextPage } facets { field values { value count } } } }`,
      { ...page },
    )) as { solutions: Connection & { readonly pageInfo: { readonly startCursor: string } } };
    return solutions;
  };

  it('begins with whole names, and the share of each country, however many better matches another one has', async () => {
    const first = await read({ first: 20 });
    expect(first.totalCount).toBe(716);
    expect(first.nodes[0]?.id).toBe('example.org/be/named/0');
    // Two rounds, of five of each publisher.
    expect(countByPublisher(first)).toEqual({ 'be/named': 1, 'be/many': 10, 'dk/few': 9 });
  });

  it('has every match on exactly one page, in one order from both ends', async () => {
    const forward: string[] = [];
    for (let after: string | null = null, hasNextPage = true; hasNextPage;) {
      const page = await read({ first: 120, after });
      forward.push(...page.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage } = page.pageInfo);
    }
    expect(new Set(forward).size).toBe(716);
    const backward: string[] = [];
    for (let before: string | null = null; backward.length < 716;) {
      const page = await read({ last: 150, before });
      backward.unshift(...page.nodes.map(({ id }) => id));
      before = page.pageInfo.startCursor;
    }
    expect(backward).toEqual(forward);
  });

  it('counts the matches of a filter', async () => {
    const { totalCount, nodes } = await read({ first: 200, filter: { publishedIn: ['DK'] } });
    expect([totalCount, nodes.length]).toEqual([15, 15]);
  });
});
