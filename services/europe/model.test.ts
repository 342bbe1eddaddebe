import type { SolutionFilter, SupplierFilter } from './generated/resolver-types.js';
import type { FakeCountry } from './testing/fake-country.js';
import { startWorld } from './testing/publish-world.js';
import { createRandom, type Random } from '../kit/testing/random.js';
import { startTestIndex, type TestIndex } from './testing/test-index.js';
import { createModel, type Model } from './testing/model.js';
import type { ModelFacet } from './testing/model-solutions.js';
import { createDraws, drawFilters, drawOrder } from './testing/draw-filters.js';
import { createNeedModel } from './testing/model-needs.js';
import { drawNeeds, readCodes, readCrosswalk, readNeeds } from './testing/read-needs.js';
import { needTopics } from './testing/world-needs.js';
import { settleSome } from './testing/settle-some.js';
import { searchableWords, worldDay } from './testing/world-rows.js';
import { makeWorld } from './testing/world.js';

const seed = 20261123;
const world = makeWorld(seed);
const { solutionFields, administrationFields, consortiumIds } = createDraws(world);
const someDaysLater = '2027-02-01';
// Those whose organisations have a stub: XR is followed, but has no types in this graph.
const countriesWithStubs = ['DK', 'BE', 'IT'];

let fakes: Map<string, FakeCountry>;
let index: TestIndex;
/** Fakes the date only: timers run as usual. */
const setToday = (day: string): void => {
  const doNotFake = [
    ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
    ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
  ];
  jest.useFakeTimers({ now: new Date(`${day}T12:00:00Z`), doNotFake });
};

beforeAll(async () => {
  setToday(worldDay);
  fakes = await startWorld(world, seed);
  index = await startTestIndex([...fakes.values()]);
  await index.catchUp();
  await settleSome(index.database);
});
afterAll(async () => {
  await index.close();
  for (const fake of fakes.values()) await fake.stop();
  jest.useRealTimers();
});
interface Page<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
}
const solutionsQuery = `query ($search: String, $filter: SolutionFilter, $orderBy: SolutionOrder) {
  solutions(search: $search, filter: $filter, orderBy: $orderBy, first: 200) {
    totalCount unknown nodes { id } facets { field values { value count } missing } } }`;

async function expectSolutions(model: Model, random: Random, filter: SolutionFilter): Promise<number> {
  const search = random.chance(0.1) ? random.pick(searchableWords) : null;
  const drawn = drawOrder(random, ['ADOPTERS', 'COUNTRIES', 'NAME', 'UPDATED']);
  // A search without an order is ordered by relevance, which parse-search.test.ts tests.
  const orderBy = drawn ?? (search === null ? null : { field: 'NAME' });
  const words = search?.toLowerCase().replace(/å/g, 'a').replace(/ö/g, 'o') ?? null;
  const { found, facets, unknown } = model.solutions(filter, orderBy ?? { field: 'NAME' }, words);
  const response = await index.query(solutionsQuery, { search, filter, orderBy });
  const { solutions } = response as { solutions: Page<{ id: string }> & { facets: ModelFacet[]; unknown: number } };
  const ids = solutions.nodes.map(({ id }) => id);
  const operation = { search, filter, orderBy };
  expect({ operation, ids }).toEqual({ operation, ids: found.map(({ id }) => id) });
  expect({ operation, count: solutions.totalCount }).toEqual({ operation, count: found.length });
  expect({ operation, unknown: solutions.unknown }).toEqual({ operation, unknown });
  expect({ operation, facets: solutions.facets }).toEqual({ operation, facets });
  for (const { field, values, missing } of solutions.facets) {
    const sum = values.reduce((total, { count }) => total + count, missing);
    if (['categories', 'publishedIn', 'usedIn', 'usedByKind'].includes(field)) {
      for (const { count } of values) expect(count + missing).toBeLessThanOrEqual(found.length);
      expect(sum).toBeGreaterThanOrEqual(found.length);
    } else expect({ operation, field, sum }).toEqual({ operation, field, sum: found.length });
  }
  return found.length;
}

describe('solutions compared with the model', () => {
  it('are the same in the same order, with the same facets, for random filters', async () => {
    const random = createRandom(seed + 1);
    const model = createModel(world, worldDay);
    const sizes: number[] = [];
    for (const filter of drawFilters(random, solutionFields, { alone: 8, together: 250 }))
      sizes.push(await expectSolutions(model, random, filter));
    // Most filters find something, so the comparison is not vacuous.
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(sizes.length / 2);
  });

  it('are the same on a later day, without new entries', async () => {
    const [before, after] = [worldDay, someDaysLater].map((day) => createModel(world, day));
    if (!before || !after) throw new Error('two models are needed');
    const usersOn = (model: Model): number[] =>
      model.solutions({}, { field: 'NAME' }, null).found.map(({ users }) => users.length);
    expect(usersOn(after)).not.toEqual(usersOn(before));
    const random = createRandom(seed + 2);
    try {
      setToday(someDaysLater);
      await index.catchUp();
      for (const filter of drawFilters(random, solutionFields, { alone: 2, together: 40 }))
        await expectSolutions(after, random, filter);
      for (const maintainer of consortiumIds) await expectSolutions(after, random, { maintainer });
    } finally {
      setToday(worldDay);
      await index.catchUp();
    }
    await expectSolutions(before, random, {});
  });
});

const ref = (type: string): string =>
  `... on Danish${type} { ref } ... on Belgian${type} { ref } ... on Italian${type} { ref }`;
const drawCountries = (random: Random): string[] | null =>
  random.chance(0.5) ? null : random.some(countriesWithStubs, 3);

interface Stub {
  readonly ref: string;
}

describe('administrations compared with the model', () => {
  it('are the same in the same order for random filters', async () => {
    const random = createRandom(seed + 3);
    const model = createModel(world, worldDay);
    for (const filter of drawFilters(random, administrationFields, { alone: 8, together: 80 })) {
      const [orderBy, countries] = [drawOrder(random, ['NAME', 'POPULATION']), drawCountries(random)];
      const expected = model.administrations(filter, orderBy ?? { field: 'NAME' }, countries);
      const response = await index.query(
        `query ($filter: AdministrationFilter, $orderBy: AdministrationOrder, $countries: [CountryCode!]) {
          administrations(filter: $filter, orderBy: $orderBy, countries: $countries, first: 200) {
            totalCount inhabitants { count known unknown } nodes { ${ref('Administration')} } } }`,
        { filter, orderBy, countries },
      );
      const { administrations } = response as { administrations: Page<Stub> & { inhabitants: unknown } };
      const operation = { filter, orderBy, countries };
      expect({ operation, ids: administrations.nodes.map((node) => node.ref) }).toEqual({
        operation,
        ids: expected.filter(({ country }) => countriesWithStubs.includes(country)).map(({ id }) => id),
      });
      expect({ operation, count: administrations.totalCount }).toEqual({ operation, count: expected.length });
      const known = expected.flatMap(({ population }) => population ?? []);
      const sum = known.reduce((total, count) => total + count, 0);
      expect({ operation, ...administrations }).toMatchObject({
        operation,
        inhabitants: {
          count: known.length === 0 || sum > 2_147_483_647 ? null : sum,
          known: known.length,
          unknown: expected.length - known.length,
        },
      });
    }
  });
});

describe('administrations of another day compared with the model', () => {
  it.each(['0001-01-01', '1999-12-31', '2015-03-01', '2026-06-16', '9999-12-31'])(
    'are those that existed on %s, with the members and users of that day',
    async (day) => {
      const random = createRandom(seed + 4);
      const model = createModel(world, day);
      const { population: _, ...fields } = administrationFields;
      for (const filter of drawFilters(random, fields, { alone: 2, together: 10 })) {
        const expected = model.administrations(filter, { field: 'NAME' }, null);
        const response = await index.query(
          `query ($filter: AdministrationFilter, $day: Date) {
            administrations(filter: $filter, asOf: $day, first: 200) { totalCount nodes { ${ref('Administration')} } } }`,
          { filter, day },
        );
        const { administrations } = response as { administrations: Page<Stub> };
        expect({ filter, ids: administrations.nodes.map((node) => node.ref) }).toEqual({
          filter,
          ids: expected.filter(({ country }) => countriesWithStubs.includes(country)).map(({ id }) => id),
        });
        expect(administrations.totalCount).toBe(expected.length);
      }
    },
  );
});

describe('consortia compared with the model', () => {
  it('are those that exist, ordered by name', async () => {
    const model = createModel(world, worldDay);
    for (const countries of [null, [], ['BE'], ['IT', 'DK']]) {
      const expected = model.consortia(countries);
      const response = await index.query(
        `query ($countries: [CountryCode!]) {
          consortia(countries: $countries, first: 200) { totalCount nodes { ${ref('Consortium')} } } }`,
        { countries },
      );
      const { consortia } = response as { consortia: Page<Stub> };
      expect(consortia.nodes.map((node) => node.ref)).toEqual(
        expected.filter(({ country }) => countriesWithStubs.includes(country)).map(({ id }) => id),
      );
      expect(consortia.totalCount).toBe(expected.length);
    }
  });
});

describe('suppliers compared with the model', () => {
  it('are the same in the same order, for each filter', async () => {
    const model = createModel(world, worldDay);
    const filters: SupplierFilter[] = [
      {},
      { countries: [] },
      { countries: ['BE'] },
      { countries: ['IT', 'DK'] },
      ...world.contracts.flatMap(({ address, clientId }) => [
        ...(address === null ? [] : [{ solution: address }]),
        ...(clientId === null ? [] : [{ client: clientId }]),
      ]),
    ];
    for (const filter of filters) {
      const expected = model.suppliers(filter);
      const response = await index.query(
        `query ($filter: SupplierFilter) { suppliers(filter: $filter, first: 200) {
          totalCount nodes { id name countries contracts { statementId } } } }`,
        { filter },
      );
      const { suppliers } = response as { suppliers: Page<{ readonly contracts: readonly object[] }> };
      expect({
        filter,
        count: suppliers.totalCount,
        suppliers: suppliers.nodes.map((node) => ({ ...node, contracts: node.contracts.length })),
      }).toEqual({
        filter,
        count: expected.length,
        suppliers: expected.map(({ id, name, statements }) => ({
          id,
          name,
          countries: [...new Set(statements.map(({ country }) => country))].sort(),
          contracts: statements.length,
        })),
      });
    }
    expect(model.suppliers({}).length).toBeGreaterThan(4);
  });
});

describe('reuse compared with the model', () => {
  const days = ['1999-12-31', '2015-03-01', '2024-02-29', worldDay, '2026-06-16', '2090-01-01'];

  it.each(days)('is the same on %s, for each solution and for the matrix', async (day) => {
    const model = createModel(world, day);
    const cells = model.reuseMatrix();
    expect(
      await index.query(`query ($day: Date!) { reuseMatrix(asOf: $day) { publishedIn usedIn adoptions solutions } }`, {
        day,
      }),
    ).toEqual({ reuseMatrix: cells });
    for (const { publishedIn, usedIn, solutions } of cells.slice(0, 4)) {
      const filter = { publishedIn: [publishedIn], usedInAll: [usedIn], usedOn: day };
      const behind = await index.query(solutionsQuery, { filter });
      expect({ filter, behind }).toMatchObject({ filter, behind: { solutions: { totalCount: solutions } } });
    }
    const response = await index.query(
      `query ($day: Date!) { solutions(first: 200) { nodes {
        id reuse(asOf: $day) { country adopters } unconfirmedReuse(asOf: $day) { country assertedBy adopters } growth(from: $day, to: $day) { adopters countries } } } }`,
      { day },
    );
    const { nodes } = (response as { solutions: Page<{ id: string }> }).solutions;
    expect(nodes).toEqual(
      nodes.map(({ id }) => {
        const reuse = model.reuse(id);
        const adopters = reuse.reduce((sum, one) => sum + one.adopters, 0);
        return {
          id,
          reuse,
          unconfirmedReuse: model.unconfirmedReuse(id),
          growth: [{ adopters, countries: reuse.length }],
        };
      }),
    );
  });

  it.each(days)(
    'has the same numbers on %s with and without its days, and while a country is being read',
    async (day) => {
      const read = async (fields: string): Promise<unknown[]> => {
        const response = await index.query(
          `query ($day: Date!) { solutions(first: 200) { nodes { reuse(asOf: $day) { country adopters dated observed complete ${fields} } } } }`,
          { day },
        );
        const { nodes } = (response as { solutions: { nodes: { reuse: Record<string, unknown>[] }[] } }).solutions;
        return nodes.map(({ reuse }) => reuse.map(({ firstAdopted: _day, ...numbers }) => numbers));
      };
      const numbers = await read('');
      expect(numbers).toEqual(await read('firstAdopted'));
      const { query } = index.database;
      await query('UPDATE catalogue SET is_filling = true');
      try {
        expect(await read('')).toEqual(numbers);
      } finally {
        await query('UPDATE catalogue SET is_filling = false');
      }
    },
  );

  it.each(days.slice(1).map((to, index) => [days[index] ?? '', to] as const))(
    'changes between %s and %s as the users on both days do',
    async (from, to) => {
      const [before, after] = [createModel(world, from).pairsInUse(), createModel(world, to).pairsInUse()];
      const countOf = (pairs: readonly string[], country: string): number =>
        pairs.filter((pair) => pair.startsWith(country)).length;
      const response = await index.query(
        `query ($from: Date!, $to: Date) { reuseChanges(from: $from, to: $to) {
          country before after continued begun observed ended } }`,
        { from, to },
      );
      const { reuseChanges } = response as { reuseChanges: { country: string; begun: number; observed: number }[] };
      for (const { begun, observed, ...change } of reuseChanges) {
        const ofCountry = {
          before: countOf(before, change.country),
          after: countOf(after, change.country),
          continued: countOf(
            before.filter((pair) => after.includes(pair)),
            change.country,
          ),
        };
        expect({ ...change, begunOrObserved: begun + observed }).toEqual({
          country: change.country,
          ...ofCountry,
          ended: ofCountry.before - ofCountry.continued,
          begunOrObserved: ofCountry.after - ofCountry.continued,
        });
      }
      expect(reuseChanges.length).toBeGreaterThan(1);
    },
  );

  it.each(days)('as many adoptions are counted on %s as are listed', async (asOf) => {
    const draws = [
      ...[null, [], ['DK'], ['BE', 'IT']].map((countries) => ({ countries, filter: null })),
      ...[
        { kinds: ['MUNICIPALITY'] },
        { population: { min: 10_000 } },
        { population: { max: 50_000 }, kinds: ['REGION', 'MUNICIPALITY'] },
      ],
      ...[{ nuts: 'DK' }, { nuts: 'BE2' }, { nuts: 'IT', population: { min: 1 } }],
    ].map((draw) => ('filter' in draw ? draw : { countries: null, filter: draw }));
    for (const { countries, filter } of draws) {
      const list = `adoptions(countries: $countries, filter: $filter, asOf: $asOf, first: 200) { totalCount nodes { administrationId } }`;
      const response = await index.query(
        `query ($countries: [CountryCode!], $filter: AdoptionFilter, $asOf: Date) {
          all: adoptions(countries: $countries, filter: $filter, asOf: $asOf, first: 1000) { totalCount nodes { administrationId } }
          solutions(first: 200) { nodes { ${list} } } }`,
        { countries, filter, asOf },
      );
      const { all, solutions } = response as {
        all: Page<unknown>;
        solutions: { nodes: { adoptions: Page<unknown> }[] };
      };
      for (const { totalCount, nodes } of [all, ...solutions.nodes.map(({ adoptions }) => adoptions)])
        expect({ countries, filter, totalCount }).toEqual({ countries, filter, totalCount: nodes.length });
    }
  });

  it('counts what a country without types in this graph states of itself, and of one without a catalogue nothing', () => {
    const model = createModel(world, worldDay);
    const cells = model.reuseMatrix();
    const countries = (field: 'publishedIn' | 'usedIn'): Set<string> => new Set(cells.map((cell) => cell[field]));
    for (const found of [countries('publishedIn'), countries('usedIn')])
      expect([found.has('XR'), found.has('XS')]).toEqual([true, false]);
    const { found } = model.solutions({}, { field: 'NAME' }, null);
    expect(found.flatMap(({ id }) => model.unconfirmedReuse(id).map(({ country }) => country))).toContain('XS');
  });
});

describe('every address compared with the model', () => {
  it('leads to the same solution, and unknown addresses to none', async () => {
    const model = createModel(world, worldDay);
    const named = new Set([...world.records, ...world.adoptions, ...world.portfolio].map(({ address }) => address));
    const others = world.records.flatMap(({ aliases }) => aliases);
    for (const address of new Set([...named, ...others])) {
      // An address that only adoptions and portfolios name leads to a solution, too, without any fields.
      const id = model.solutionAt(address) ?? (named.has(address) ? address : undefined);
      const { solution } = (await index.query(`query ($address: String!) { solution(address: $address) { id } }`, {
        address,
      })) as { solution: { id: string } | null };
      expect({ address, id: solution?.id }).toEqual({ address, id });
    }
  });
});

describe('codes and needs compared with the model', () => {
  const concepts = [...world.needs.codes.map(({ scheme, notation }) => `${scheme}:${notation}`), 'DK_LIST:unlisted'];

  it('codes lead to the same codes and topics by the same paths, and are listed in the same order', async () => {
    for (const from of [...concepts, ...needTopics.map((topic) => `TOPIC:${topic}`)]) {
      const { found, expected } = await readCrosswalk(index, createNeedModel(world, worldDay), from);
      expect({ from, found }).toEqual({ from, found: expected });
    }
    const { found, expected } = await readCodes(index, createNeedModel(world, worldDay));
    expect(found).toEqual(expected);
  });

  it('needs are the same in the same order for random arguments, with the same counts and holders', async () => {
    const random = createRandom(seed + 5);
    const sizes: number[] = [];
    for (let round = 0; round < 120; round += 1) {
      const request = drawNeeds(random, concepts, world);
      const day = random.pick([worldDay, worldDay, '2015-03-01', '2090-01-01']);
      const { found, expected, size } = await readNeeds(index, createNeedModel(world, day), day, request);
      expect({ day, request, found }).toEqual({ day, request, found: expected });
      sizes.push(size);
    }
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(sizes.length / 2);
  });
});
