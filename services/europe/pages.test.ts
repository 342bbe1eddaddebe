import type { FakeCountry } from './testing/fake-country.js';
import { contents } from './testing/feed-contents.js';
import { publishRecord, startWorld } from './testing/publish-world.js';
import { createRandom } from '../kit/testing/random.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';
import { makeWorld, type World } from './testing/world.js';
import { needTopics } from './testing/world-needs.js';

const seed = 7;
const made = makeWorld(seed);
// Without aliases, so that no row becomes an address of another one when a record is deleted.
const world: World = { ...made, records: made.records.map((record) => ({ ...record, aliases: [] })) };

let fakes: Map<string, FakeCountry>;
let index: TestIndex;
beforeAll(async () => {
  fakes = await startWorld(world, seed);
  index = await startTestIndex([...fakes.values()]);
  await index.catchUp();
});
afterAll(async () => {
  await index.close();
  for (const fake of fakes.values()) await fake.stop();
});

const to = (id: string): FakeCountry => {
  const fake = fakes.get(id.slice(0, 2).toUpperCase());
  if (!fake) throw new Error(`no country of ${id}`);
  return fake;
};

interface Connection {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, string>> }[];
  readonly pageInfo: Readonly<Record<'startCursor' | 'endCursor', string | null>> &
    Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>>;
}

const refs = (type: string): string =>
  ['Danish', 'Belgian', 'Italian'].map((of) => `... on ${of}${type} { ref }`).join(' ');
/** The selection of a row, by list. */
const selections: Readonly<Record<string, string>> = {
  solutions: 'id',
  adoptions: 'id',
  administrations: refs('Administration'),
  consortia: refs('Consortium'),
  suppliers: 'id',
  codes: 'id',
  needs: 'id',
  sameNeed: 'id',
  peers: 'administrationId',
};

/** A list, with the same arguments on every page. `within` is the field of `Query` that it belongs to. */
interface List {
  readonly field: string;
  readonly arguments: string;
  readonly within?: string;
}

/** Reads a page, whose position is the same if its rows are not selected. */
async function readPage({ field, arguments: given, within }: List, page: Record<string, unknown>): Promise<Connection> {
  const paged = `${field}(${given} first: $first, after: $after, last: $last, before: $before)`;
  const position = 'pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';
  const list = `${paged} { totalCount edges { cursor node { ${selections[field] ?? ''} } } ${position} }
    position: ${paged} { ${position} }`;
  const response = await index.query(
    `query ($first: Int, $after: String, $last: Int, $before: String) {
      ${within === undefined ? list : `within: ${within} { ${list} }`} }`,
    page,
  );
  const data = response as Record<string, Connection> & { within?: Record<string, Connection> };
  const { [field]: found, position: positioned } = data.within ?? data;
  if (!found) throw new Error(`no ${field}`);
  expect(positioned?.pageInfo).toEqual(found.pageInfo);
  return found;
}

const rowsOf = ({ edges }: Connection): string[] =>
  edges.map(({ node }) => node['id'] ?? node['ref'] ?? node['administrationId'] ?? '');

type Direction = 'forward' | 'backward';

/** Reads a list page by page, from one end to the other. */
function startPaging(list: List, direction: Direction, size: number) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  const forward = direction === 'forward';
  return {
    /** Reads a page, and returns whether there are more. */
    step: async (): Promise<boolean> => {
      const found = await readPage(list, forward ? { first: size, after: cursor } : { last: size, before: cursor });
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = found.pageInfo;
      const [hasMore, hasRead] = forward ? [hasNextPage, hasPreviousPage] : [hasPreviousPage, hasNextPage];
      expect(hasRead).toBe(pages.length > 0);
      if (hasMore) expect(found.edges).toHaveLength(size);
      cursor = forward ? endCursor : startCursor;
      pages.push(rowsOf(found));
      return hasMore;
    },
    rows: (): string[] => (forward ? pages : pages.toReversed()).flat(),
  };
}

async function readAllPages(list: List, direction: Direction, size: number): Promise<string[]> {
  const paging = startPaging(list, direction, size);
  while (await paging.step());
  return paging.rows();
}

const orders = ['ADOPTERS', 'COUNTRIES', 'NAME', 'UPDATED'].flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => `orderBy: { field: ${field}, direction: ${direction} }`),
);
const countries = 'countries: ["DK", "BE", "IT"],';
const busiest = [...world.adoptions].sort(
  (one, other) =>
    world.adoptions.filter(({ address }) => address === other.address).length -
    world.adoptions.filter(({ address }) => address === one.address).length,
)[0]?.address;
if (busiest === undefined) throw new Error('There are no adoptions.');
const solution = `solution(address: "${busiest}")`;
const known = world.organisations.find(({ type, population }) => type === 'administration' && population !== null)?.id;
if (known === undefined) throw new Error('The size of no administration is known.');

const lists: List[] = [
  ...orders.map((order): List => ({ field: 'solutions', arguments: `${order},` })),
  { field: 'solutions', arguments: 'search: "zorvex",' },
  { field: 'solutions', arguments: 'search: "zorvex", orderBy: { field: ADOPTERS }, filter: { minAdopters: 1 },' },
  ...['NAME', 'POPULATION'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction): List => ({
      field: 'administrations',
      arguments: `${countries} orderBy: { field: ${field}, direction: ${direction} },`,
    })),
  ),
  { field: 'administrations', arguments: `${countries} search: "samby",` },
  { field: 'consortia', arguments: countries },
  { field: 'suppliers', arguments: '' },
  { field: 'adoptions', arguments: 'asOf: "2024-01-01"' },
  { field: 'codes', arguments: '' },
  { field: 'codes', arguments: 'search: "qua 1",' },
  { field: 'needs', arguments: `topic: "${needTopics[0] ?? ''}",` },
  { field: 'needs', arguments: 'search: "qua", asOf: "2024-02-29",' },
  ...['NAME', 'HOLDERS'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction): List => ({
      field: 'needs',
      arguments: `orderBy: { field: ${field}, direction: ${direction} },`,
    })),
  ),
  { field: 'sameNeed', arguments: '', within: 'reuseCheck(codes: [{ scheme: "DK_LIST", notation: "1" }])' },
  { field: 'peers', arguments: `of: "${known}", by: [KIND],` },
  { field: 'peers', arguments: `of: "${known}", by: [POPULATION, AREA, LANGUAGE], countries: ["DK", "BE", "IT"],` },
  { field: 'adoptions', arguments: '', within: solution },
  { field: 'adoptions', arguments: 'countries: ["DK", "BE", "FR", "SE"],', within: solution },
  { field: 'adoptions', arguments: 'filter: { statuses: [IN_PRODUCTION, PILOT, DECLARED] },', within: solution },
];

describe.each(lists)('$field($arguments)', (list) => {
  it('has every row exactly once in pages of any size, from either end', async () => {
    const whole = await readPage(list, { first: 200 });
    const rows = rowsOf(whole);
    expect(whole.totalCount).toBe(rows.length);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(2);
    expect(rowsOf(await readPage(list, { last: 200 }))).toEqual(rows);
    for (const size of [rows.length < 25 ? 2 : 13, rows.length])
      for (const direction of ['forward', 'backward'] as const)
        expect({ size, direction, rows: await readAllPages(list, direction, size) }).toEqual({ size, direction, rows });
  });

  it('returns the rows between two cursors, and none beyond its ends', async () => {
    const whole = await readPage(list, { first: 200 });
    const { edges, pageInfo } = whole;
    const [after, before] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    const inner = rowsOf(whole).slice(1, -1);
    expect(rowsOf(await readPage(list, { after, before, first: 200 }))).toEqual(inner);
    expect(rowsOf(await readPage(list, { after, before, last: 200 }))).toEqual(inner);
    for (const beyond of [
      { first: 5, after: pageInfo.endCursor },
      { last: 5, before: pageInfo.startCursor },
      { first: 0 },
    ]) {
      const empty = await readPage(list, beyond);
      expect([empty.edges, empty.pageInfo.startCursor, empty.totalCount]).toEqual([[], null, edges.length]);
    }
  });
});

it('the list of all adoptions has those of each solution', async () => {
  const day = 'asOf: "2024-01-01"';
  const ids = 'nodes { id solution { address } }';
  const { adoptions } = (await index.query(`{ adoptions(${day}, first: 200) { ${ids} } }`)) as {
    adoptions: { nodes: { id: string; solution: { address: string } }[] };
  };
  const addresses = [...new Set(adoptions.nodes.map(({ solution: { address } }) => address))];
  const fields = addresses.map(
    (address, number) => `s${number}: solution(address: "${address}") { adoptions(${day}, first: 200) { ${ids} } }`,
  );
  const bySolution = (await index.query(`{ ${fields.join(' ')} }`)) as Record<string, { adoptions: typeof adoptions }>;
  const found = Object.values(bySolution).flatMap((solution) => solution.adoptions.nodes);
  expect(addresses.length).toBeGreaterThan(2);
  expect(adoptions.nodes.map(({ id }) => id)).toEqual(found.map(({ id }) => id).sort());
});

it('solutions have every unchanged row exactly once in every order, from either end, while rows are written', async () => {
  const random = createRandom(seed);
  const readings = await Promise.all(
    orders.map(async (order) => {
      const list: List = { field: 'solutions', arguments: `${order},` };
      const ids = rowsOf(await readPage(list, { first: 200 }));
      return { order, ids, pagings: [startPaging(list, 'forward', 20), startPaging(list, 'backward', 20)] };
    }),
  );
  const touched = new Set(readings[0]?.ids.filter(() => random.chance(0.3)));
  const records = world.records.filter(({ address }) => touched.has(address));

  /** Renames, deletes, restores and adds rows anywhere in the lists. */
  const write = async (page: number): Promise<void> => {
    for (const record of random.some(records, 15)) {
      const [name, releaseDate] = [random.pick(['0', 'm', 'zz']), random.pick([null, '0001-01-01', '2026-01-01'])];
      if (random.chance(0.5)) to(record.id).withdraw('RECORD', record.id);
      else publishRecord(to(record.id), { ...record, name, releaseDate });
    }
    for (const [index, address] of random.some([...touched], 8).entries()) {
      const id = `${random.pick(['dk', 'it', 'be'])}:adoption:late-${page}-${index}`;
      const user = `${random.pick(['se', 'no'])}:administration:${index}`;
      to(id).publish('ADOPTION', contents.adoption(id, user, address));
    }
    const id = `it:record:late-${page}`;
    const [name, releaseDate] = [random.pick(['aaa', 'mmm', 'zzz']), random.pick([null, '1999-01-01', '2026-01-01'])];
    to(id).publish('RECORD', contents.record(id, `github.com/late/${page}`, { name, releaseDate }));
    await index.catchUp();
  };

  let unfinished = readings.flatMap(({ pagings }) => pagings);
  for (let page = 0; unfinished.length > 0; page += 1) {
    const hasMore = await Promise.all(unfinished.map((paging) => paging.step()));
    unfinished = unfinished.filter((_paging, place) => hasMore[place]);
    await write(page);
  }
  const unchanged = (ids: readonly string[]): string[] =>
    ids.filter((id) => !id.startsWith('github.com/late/') && !touched.has(id));
  for (const { order, ids, pagings } of readings) {
    expect(unchanged(ids).length).toBeGreaterThan(40);
    for (const paging of pagings)
      expect({ order, ids: unchanged(paging.rows()) }).toEqual({ order, ids: unchanged(ids) });
  }
});
