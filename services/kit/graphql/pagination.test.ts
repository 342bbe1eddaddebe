import pg from 'pg';
import { testRequest } from '../testing/test-request.js';

import { InputError } from './errors.js';
import {
  type Connection,
  connectionResolvers,
  encodeCursor,
  type Key,
  type PageArguments,
  parsePage,
  toConnection,
} from './pagination.js';
import { type KeyOrder, pageSql } from '../database/keyset.js';
import { createParameters } from '../database/sql-parameters.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';

const scope = 'DK ADMINISTRATION NAME ASC';
const types = ['number', 'string'] as const;

/** The error for a page, as `code message`. */
function errorOf(args: PageArguments): string {
  try {
    parsePage(args, scope, types);
  } catch (error) {
    if (error instanceof InputError) return `${String(error.extensions['code'])} ${error.message}`;
  }
  return 'accepted';
}

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the arguments of a page', () => {
  it('are the first twenty rows by default', () => {
    const page = { limit: 20, backward: false, after: null, before: null };
    expect(parsePage({}, scope, types)).toEqual(page);
    expect(parsePage({ first: null, last: null, after: null, before: null }, scope, types)).toEqual(page);
  });

  it('go from 0 to 200, forward or backward', () => {
    expect(parsePage({ first: 0 }, scope, types)).toMatchObject({ limit: 0, backward: false });
    expect(parsePage({ last: 200 }, scope, types)).toMatchObject({ limit: 200, backward: true });
  });

  it.each([
    [{ first: -1 }, 'INVALID_ARGUMENT `first` is -1; it must be from 0 to 200.'],
    [{ first: 201 }, 'INVALID_ARGUMENT `first` is 201; it must be from 0 to 200.'],
    [{ last: -1 }, 'INVALID_ARGUMENT `last` is -1; it must be from 0 to 200.'],
    [{ last: 2147483647 }, 'INVALID_ARGUMENT `last` is 2147483647; it must be from 0 to 200.'],
    [{ first: 0, last: 0 }, 'INVALID_ARGUMENT Give `first` or `last`, not both.'],
  ])('%j are rejected', (args, message) => {
    expect(errorOf(args)).toBe(message);
  });
});

describe('a cursor', () => {
  const keys: readonly Key[] = [
    [0, ''],
    [-2147483648, 'dk:administration:0820'],
    [2147483647, "'; DROP TABLE organisation; --"],
    [7, 'Ærø "€" \u{1F600} \\ %'],
  ];

  it.each(keys)('carries %s and %j through', (...key) => {
    const cursor = encodeCursor(scope, key);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(parsePage({ after: cursor, before: cursor }, scope, types)).toMatchObject({ after: key, before: key });
  });

  it.each([
    ['empty', ''],
    ['a word', 'abc'],
    ['not base64', '%%%'],
    ['an object', cursorOf({ 0: scope })],
    ['a string', cursorOf(scope)],
    ['null', cursorOf(null)],
    ['an empty list', cursorOf([])],
    ['a list without a scope', cursorOf([1, 'a'])],
    ['a truncated cursor', encodeCursor(scope, [1, 'a']).slice(0, -2)],
    ['too long', encodeCursor(scope, [1, 'a'.repeat(10_000)])],
    ['too deeply nested', '['.repeat(100_000)],
  ])('that is %s is rejected', (_name, cursor) => {
    const message = 'is not a cursor. Cursors come from `pageInfo` or `edges` of the same list.';
    expect(errorOf({ after: cursor })).toBe(`INVALID_CURSOR \`after\` ${message}`);
    expect(errorOf({ last: 1, before: cursor })).toBe(`INVALID_CURSOR \`before\` ${message}`);
  });

  it.each([
    ['another list', ['BE ADMINISTRATION NAME ASC', 1, 'a']],
    ['a key too short', [scope, 1]],
    ['a key too long', [scope, 1, 'a', 'b']],
    ['other types', [scope, 'a', 1]],
    ['null', [scope, null, 'a']],
    ['a list', [scope, [1], 'a']],
    ['an object', [scope, {}, 'a']],
    ['true', [scope, true, 'a']],
    ['a fraction', [scope, 1.5, 'a']],
    ['more than an integer', [scope, 2147483648, 'a']],
    ['less than an integer', [scope, -2147483649, 'a']],
    ['a text that PostgreSQL cannot store', [scope, 1, 'a\0b']],
  ])('with %s belongs elsewhere', (_name, value) => {
    expect(errorOf({ after: cursorOf(value) })).toBe(
      'INVALID_CURSOR `after` is a cursor of another list or order. Take one from this list, requested with the same arguments.',
    );
  });

  it('with more than any number belongs elsewhere', () => {
    expect(errorOf({ after: Buffer.from(`["${scope}",1e999,"a"]`).toString('base64url') })).toMatch(/another list/);
    expect(errorOf({ after: Buffer.from(`["${scope}",-0,"a"]`).toString('base64url') })).toBe('accepted');
  });
});

// Names repeat, so that only the id distinguishes some rows.
const rows = Array.from({ length: 11 }, (_, id) => ({ id, name: 'aabbbcdddde'.charAt(id) }));
type Row = (typeof rows)[number];

describe('walking a list of rows', () => {
  let testDatabase: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    client = new pg.Client({ connectionString: testDatabase.url });
    await client.connect();
    await client.query('CREATE TABLE item (id int, name text)');
    await client.query('INSERT INTO item SELECT * FROM unnest($1::int[], $2::text[])', [
      rows.map(({ id }) => id),
      rows.map(({ name }) => name),
    ]);
  });
  afterAll(async () => {
    await client.end();
    await testDatabase.drop();
  });

  async function readItems(args: PageArguments, order: KeyOrder): Promise<Connection<Row>> {
    const page = parsePage(args, 'items', ['string', 'number']);
    const parameter = createParameters();
    const { conditions, orderAndLimit } = pageSql(page, order, parameter);
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const selected = await client.query<Row>(`SELECT * FROM item ${where} ${orderAndLimit}`, [...parameter.values]);
    const cursor = ({ name, id }: Row): string => encodeCursor('items', [name, id]);
    return toConnection(selected.rows, page, cursor, () => Promise.resolve(rows.length));
  }

  const idsOf = ({ edges }: Connection<Row>): number[] => edges.map(({ node }) => node.id);

  for (const descending of [false, true]) {
    const order = { columns: ['name', 'id'], descending };
    const all = rows.map(({ id }) => id);
    if (descending) all.reverse();

    describe(descending ? 'downwards' : 'upwards', () => {
      it.each([1, 2, 3, 10, 11, 12])('forward by %i returns each once', async (first) => {
        const seen: number[] = [];
        let after: string | null = null;
        for (let more = true; more;) {
          const page: Connection<Row> = await readItems({ first, after }, order);
          seen.push(...idsOf(page));
          expect(page.hasPreviousPage).toBe(after !== null);
          ({ endCursor: after } = connectionResolvers.pageInfo(page));
          more = page.hasNextPage;
        }
        expect(seen).toEqual(all);
      });

      it.each([1, 2, 3, 10, 11, 12])('backward by %i returns each once, in the same order', async (last) => {
        const seen: number[] = [];
        let before: string | null = null;
        for (let more = true; more;) {
          const page: Connection<Row> = await readItems({ last, before }, order);
          seen.unshift(...idsOf(page));
          expect(page.hasNextPage).toBe(before !== null);
          ({ startCursor: before } = connectionResolvers.pageInfo(page));
          more = page.hasPreviousPage;
        }
        expect(seen).toEqual(all);
      });

      it('between two cursors returns what is between them', async () => {
        const { edges } = await readItems({ first: 20 }, order);
        const between = { after: edges[2]?.cursor ?? null, before: edges[7]?.cursor ?? null };
        expect(idsOf(await readItems({ ...between, first: 3 }, order))).toEqual(all.slice(3, 6));
        expect(idsOf(await readItems({ ...between, last: 3 }, order))).toEqual(all.slice(4, 7));
        expect(idsOf(await readItems({ after: between.before, before: between.after }, order))).toEqual([]);
      });
    });
  }

  it('finds its place again when the row of the cursor is gone', async () => {
    const order = { columns: ['name', 'id'], descending: false };
    const gone = encodeCursor('items', ['b', 3.0]);
    const missing = encodeCursor('items', ['bb', 0]);
    expect(idsOf(await readItems({ after: gone, first: 2 }, order))).toEqual([4, 5]);
    expect(idsOf(await readItems({ after: missing, first: 2 }, order))).toEqual([5, 6]);
  });

  it('an empty page reports that more rows follow, and has no cursors', async () => {
    const page = await readItems({ first: 0 }, { columns: ['name', 'id'], descending: false });
    expect(connectionResolvers.nodes(page, {}, { request: testRequest() })).toEqual([]);
    expect(connectionResolvers.pageInfo(page)).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});

it('counts only if the count is selected', async () => {
  let counted = 0;
  const count = () => {
    counted += 1;
    return Promise.resolve(7);
  };
  const connection = toConnection([{ id: 1 }], parsePage({}, scope, types), () => 'c', count);
  expect(connectionResolvers.nodes(connection, {}, { request: testRequest() })).toEqual([{ id: 1 }]);
  expect(counted).toBe(0);
  expect(await connectionResolvers.totalCount(connection)).toBe(7);
});
