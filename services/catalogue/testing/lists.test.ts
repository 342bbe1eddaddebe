import { at, listAt, plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from './test-catalogue.js';
import {
  administrations,
  expected,
  type Filter,
  inhabitantsUnder,
  tables,
  unknownUnder,
} from './listed-administrations.js';

const page = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: AdministrationFilter, $orderBy: AdministrationOrder, $search: String) {
  denmark { administrations(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy, search: $search) {
    totalCount unknown uncertain inhabitants { count known unknown undated oldest newest } nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
/** The same without counts, which take most of the time. */
const rowsOnly = page.replace(/totalCount .* nodes/, 'nodes');

describe('a list of administrations', () => {
  let catalogue: TestCatalogue;
  const { folder, remove } = writeTables(tables);
  beforeAll(async () => {
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterAll(async () => {
    await catalogue.close();
    remove();
  });

  const query = async (variables: Record<string, unknown>): Promise<unknown> =>
    at(await catalogue.query(page, variables), 'denmark', 'administrations');
  const ids = (connection: unknown): string[] => listAt(connection, 'nodes').map((node) => at(node, 'id') as string);

  /** All ids, page by page, forwards or backwards. */
  const collectIds = async (
    direction: 'forwards' | 'backwards',
    size: number,
    rest: Record<string, unknown>,
  ): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: unknown = null; ;) {
      const turn = direction === 'forwards' ? { first: size, after: cursor } : { last: size, before: cursor };
      const connection = at(await catalogue.query(rowsOnly, { ...rest, ...turn }), 'denmark', 'administrations');
      if (direction === 'forwards') found.push(...ids(connection));
      else found.unshift(...ids(connection));
      const [more, next] = direction === 'forwards' ? ['hasNextPage', 'endCursor'] : ['hasPreviousPage', 'startCursor'];
      if (at(connection, 'pageInfo', more) !== true) return found;
      cursor = at(connection, 'pageInfo', next);
    }
  };

  const orders = [
    null,
    ...['NAME', 'POPULATION'].flatMap((field) => [null, 'ASC', 'DESC'].map((direction) => ({ field, direction }))),
  ];

  it.each(orders)(
    'ordered by %j has the same rows in pages of any size and direction, none twice and none missing',
    async (orderBy) => {
      const whole = ids(await query({ orderBy, first: 200 }));
      expect([...whole].sort()).toEqual(administrations.map(({ id }) => id));
      for (const size of [1, 7, 73]) {
        expect(await collectIds('forwards', size, { orderBy })).toEqual(whole);
        expect(await collectIds('backwards', size, { orderBy })).toEqual(whole);
      }
    },
  );

  it('sorts unknown populations last in either direction', async () => {
    const known = new Map(administrations.map(({ id, population }) => [id, population]));
    for (const [direction, sign] of [
      ['ASC', 1],
      ['DESC', -1],
    ] as const) {
      const figures = ids(await query({ first: 200, orderBy: { field: 'POPULATION', direction } })).map((id) =>
        known.get(id),
      );
      const ordered = figures.filter((figure) => figure != null);
      expect(figures.slice(ordered.length).every((figure) => figure === null)).toBe(true);
      expect(ordered).toEqual([...ordered].sort((left, right) => sign * (left - right)));
    }
  });

  it('orders by the displayed names, ignoring accents', async () => {
    const data = await catalogue.query('{ denmark { administrations(first: 200) { nodes { name } } } }');
    const names = listAt(data, 'denmark', 'administrations', 'nodes').map((node) => at(node, 'name'));
    expect(names).toEqual([...names].sort());
  });

  // Every combination of two values of two filters: few enough to query them all.
  const values: Record<string, readonly unknown[]> = {
    kind: ['MUNICIPALITY', 'REGION', 'PROVINCE'],
    level: ['LOCAL'],
    nuts: ['DK', 'DK01', 'DK011', 'BE'],
    population: [{ min: 5 }, { max: 9 }, { min: 3, max: 3 }, {}, { min: 9, max: 3 }],
    memberOf: ['dk:consortium:k', 'dk:consortium:l', 'be:consortium:k'],
    memberOfNone: [true, false],
    minConsortia: [1, 2],
  };
  const single = Object.entries(values).flatMap(([name, all]) => all.map((value) => ({ [name]: value })));
  const pairs = single.flatMap((first, index) =>
    single
      .slice(index + 1)
      .map((second) => ({ ...first, ...second }))
      .filter((pair) => Object.keys(pair).length === 2),
  );

  it('applies every filter, and every two of them, as a filter of the rows in the test does, and counts what is unknown', async () => {
    for (const filter of [...single, ...pairs] as Filter[]) {
      const connection = await query({ filter, first: 200 });
      expect({
        filter,
        ids: ids(connection).sort(),
        count: at(connection, 'totalCount'),
        unknown: at(connection, 'unknown'),
        uncertain: at(connection, 'uncertain'),
        inhabitants: at(connection, 'inhabitants'),
      }).toEqual({
        filter,
        ids: expected(filter),
        count: expected(filter).length,
        ...unknownUnder(filter),
        inhabitants: inhabitantsUnder(filter),
      });
    }
  });

  it('treats null as no filter', async () => {
    const filter = { kind: null, level: null, nuts: null, population: null, memberOf: null, memberOfNone: null };
    expect(at(await query({ filter }), 'totalCount')).toBe(administrations.length);
  });

  it('reports whether pages precede and follow', async () => {
    const first = await query({ first: 10 });
    expect(at(first, 'pageInfo')).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(at(first, 'edges', 9, 'cursor')).toBe(at(first, 'pageInfo', 'endCursor'));
    const second = await query({ first: 10, after: at(first, 'pageInfo', 'endCursor') });
    expect(at(second, 'pageInfo')).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(at(await query({ first: 0 }), 'pageInfo')).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it('returns 20 rows by default', async () => {
    expect(ids(await query({}))).toHaveLength(20);
    expect(ids(await query({ last: 3 }))).toHaveLength(3);
  });

  it('returns the rows between two cursors', async () => {
    const whole = await query({ first: 200 });
    const [after, before] = [at(whole, 'edges', 4, 'cursor'), at(whole, 'edges', 9, 'cursor')];
    expect(ids(await query({ after, before }))).toEqual(ids(whole).slice(5, 9));
    expect(ids(await query({ after, before, last: 2 }))).toEqual(ids(whole).slice(7, 9));
  });

  it('continues from a cursor whose row was deleted', async () => {
    const whole = ids(await query({ first: 200 }));
    const cursor = at(await query({ first: 5 }), 'pageInfo', 'endCursor');
    await catalogue.database.query('DELETE FROM organisation WHERE id = $1', [whole[4]]);
    expect(ids(await query({ first: 3, after: cursor }))).toEqual(whole.slice(5, 8));
    await catalogue.close();
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });

  const cursorOf = async (variables: Record<string, unknown>): Promise<unknown> =>
    at(await query(variables), 'pageInfo', 'endCursor');

  const rejected: [
    what: string,
    code: string,
    variables: () => Promise<Record<string, unknown>> | Record<string, unknown>,
  ][] = [
    ['first below zero', 'INVALID_ARGUMENT', () => ({ first: -1 })],
    ['first over the limit', 'INVALID_ARGUMENT', () => ({ first: 201 })],
    ['last over the limit', 'INVALID_ARGUMENT', () => ({ last: 201 })],
    ['first and last', 'INVALID_ARGUMENT', () => ({ first: 1, last: 1 })],
    ['relevance without a search', 'INVALID_ARGUMENT', () => ({ orderBy: { field: 'RELEVANCE' } })],
    ['a search that is too long', 'INVALID_ARGUMENT', () => ({ search: 'x'.repeat(101) })],
    ['a malformed id in a filter', 'INVALID_ID', () => ({ filter: { memberOf: 'OS2' } })],
    ['a malformed NUTS code', 'INVALID_ARGUMENT', () => ({ filter: { nuts: 'dk01' } })],
    ['a search that is too long when normalised', 'INVALID_ARGUMENT', () => ({ search: '각'.repeat(100) })],
    ['a text that is not a cursor', 'INVALID_CURSOR', () => ({ after: 'nonsense' })],
    ['an empty cursor', 'INVALID_CURSOR', () => ({ before: '' })],
    ['a cursor that is too long', 'INVALID_CURSOR', () => ({ after: 'x'.repeat(5000) })],
    [
      'a cursor of another order',
      'INVALID_CURSOR',
      async () => ({ after: await cursorOf({ first: 1, orderBy: { field: 'POPULATION' } }) }),
    ],
    [
      'a cursor of the other direction',
      'INVALID_CURSOR',
      async () => ({
        after: await cursorOf({ first: 1, orderBy: { field: 'NAME', direction: 'DESC' } }),
      }),
    ],
    [
      'a cursor of another search',
      'INVALID_CURSOR',
      async () => ({ after: await cursorOf({ first: 1, search: 'aby' }), search: 'ab' }),
    ],
    [
      'a cursor of another field',
      'INVALID_CURSOR',
      async () => ({
        after: at(
          await catalogue.query('{ denmark { consortia { pageInfo { endCursor } } } }'),
          'denmark',
          'consortia',
          'pageInfo',
          'endCursor',
        ),
      }),
    ],
    [
      'a cursor with a key of another type',
      'INVALID_CURSOR',
      () => ({
        after: Buffer.from(JSON.stringify(['DK ADMINISTRATION NAME ASC', 1, 2])).toString('base64url'),
      }),
    ],
  ];

  it.each(rejected)('rejects %s with %s', async (_what, code, variables) => {
    const { data, errors } = await catalogue.execute(page, await variables());
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions['code']).toBe(code);
    expect(at(data, 'denmark', 'administrations')).toBeNull();
  });

  it('of members is paginated like any other, each consortium with its own cursors', async () => {
    const members = `query ($first: Int, $after: String) { denmark { consortia { nodes { id members(first: $first, after: $after) {
      totalCount nodes { memberId } pageInfo { hasNextPage endCursor } } } } } }`;
    const first = await catalogue.query(members, { first: 200 });
    const all = listAt(first, 'denmark', 'consortia', 'nodes', 0, 'members', 'nodes');
    expect(all).toHaveLength(11);
    const five = await catalogue.query(members, { first: 5 });
    const after = at(five, 'denmark', 'consortia', 'nodes', 0, 'members', 'pageInfo', 'endCursor');
    const { data, errors } = await catalogue.execute(members, { first: 20, after });
    expect(listAt(data, 'denmark', 'consortia', 'nodes', 0, 'members', 'nodes')).toEqual(all.slice(5));
    // The same cursor means nothing in the lists of the other two.
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_CURSOR', 'INVALID_CURSOR']);
  });

  describe('executes a number of statements that depends on the shape of the query', () => {
    // One list each: lists side by side share statements or not as their timing has it.
    const operations = [
      `query ($first: Int) { denmark { consortia(first: $first) { totalCount nodes { name openTo { kinds } coverage { knownMembers }
        growth(from: "2015-01-01", to: "2016-01-01") { knownMembers claims { id } } claims { id }
        members(first: $first) { totalCount nodes { member { name ... on Administration { population { count }
          identifiers { notation } predecessors { id } successors { id } memberships { consortium { name } } } } } } } } } }`,
      `query ($first: Int) { denmark { administrations(first: $first, filter: { memberOf: "dk:consortium:k" }) { totalCount nodes { name
        memberships { consortium { name } member { name } } identifiers { notation } population { count } } } } }`,
    ];

    it.each(operations)('not on the number of rows: %s', async (operation) => {
      const count = async (first: number): Promise<number> => {
        catalogue.statements();
        await catalogue.query(operation, { first });
        return catalogue.statements().length;
      };
      expect(await count(11)).toBe(await count(1));
    });

    it('with one for a count only if it is selected', async () => {
      catalogue.statements();
      await catalogue.query('{ denmark { administrations { nodes { id } } } }');
      expect(catalogue.statements()).toHaveLength(1);
    });

    it('with one for all references of a request', async () => {
      catalogue.statements();
      const { data } = await catalogue.executeAsGateway(
        `query ($all: [_Any!]!) { _entities(representations: $all) { ... on DanishAdministration { id } ... on DanishConsortium { id } } }`,
        {
          all: [
            ...administrations.slice(0, 30).map(({ id }) => ({ __typename: 'DanishAdministration', ref: id })),
            { __typename: 'DanishConsortium', ref: 'dk:consortium:k' },
            { __typename: 'DanishAdministration', ref: 'dk:administration:unknown' },
            { __typename: 'DanishAdministration', ref: 'dk:consortium:k' },
          ],
        },
      );
      expect(catalogue.statements()).toHaveLength(1);
      expect(listAt(data, '_entities').slice(29)).toEqual([
        { id: administrations[29]?.id },
        { id: 'dk:consortium:k' },
        null,
        null,
      ]);
    });
  });
});
