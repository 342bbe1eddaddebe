import { adoptions, lists, solutions, useListIndex } from './testing/list-index.js';

const listIndex = useListIndex();
const { rejection } = listIndex;

type Edges = Readonly<Record<string, { readonly edges: readonly { readonly cursor: string }[] }>>;
const cursorOf = async (query: string, variables: Record<string, unknown> = {}): Promise<string> => {
  const data = (await listIndex.index.query(query, variables)) as { solution?: Edges } & Edges;
  const [list] = Object.values(data.solution ?? data);
  return list?.edges[0]?.cursor ?? '';
};
const encodeCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each(Object.entries(lists))('a page of %s', (name, query) => {
  it.each([
    ['more than the maximum', { first: name === 'allAdoptions' ? 1_001 : 201 }],
    ['a negative number', { first: -1 }],
    ['a negative number from the end', { last: -1 }],
    ['the largest number', { last: 2_147_483_647 }],
    ['both ends', { first: 1, last: 1 }],
  ])('is rejected with %s', async (_what, page) => {
    expect(await rejection(query, page)).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it.each([
    ['empty', ''],
    ['not base64', 'né\0'],
    ['not JSON', Buffer.from('{').toString('base64url')],
    ['not a list', encodeCursor({})],
    ['an empty list', encodeCursor([])],
    ['a number', encodeCursor(7)],
    ['too long', 'A'.repeat(5_000)],
    ['of an unknown list', encodeCursor(['nothing', 'x', 'y', 'z'])],
  ])('is rejected after a cursor that is %s', async (_what, after) => {
    expect(await rejection(query, { after })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await rejection(query, { last: 1, before: after })).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('is rejected after a cursor of another list', async () => {
    for (const [other, otherQuery] of Object.entries(lists)) {
      if (other === name) continue;
      expect(await rejection(query, { after: await cursorOf(otherQuery) })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });

  it('after a forged cursor of this list is returned or rejected, without an internal error', async () => {
    const cursor = await cursorOf(query);
    const [scope, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, ...unknown[]];
    const last = key.length - 1;
    for (const value of ['\0', null, 1, 1.5, {}, [], true, '\ud800', '', '9'.repeat(900)]) {
      const { errors = [] } = await listIndex.index.execute(query, {
        after: encodeCursor([scope, ...key.with(last, value)]),
      });
      for (const { extensions } of errors) expect(extensions['code']).toBe('INVALID_CURSOR');
    }
    expect(await rejection(query, { after: encodeCursor([scope, ...key, 'more']) })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
    expect(await rejection(query, { after: encodeCursor([scope, ...key.slice(1)]) })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});

it('a cursor of another order of the same list is rejected', async () => {
  const after = await cursorOf(solutions, { orderBy: { field: 'ADOPTERS' } });
  for (const orderBy of [null, { field: 'COUNTRIES' }, { field: 'ADOPTERS', direction: 'ASC' }])
    expect(await rejection(solutions, { after, orderBy })).toMatchObject({ code: 'INVALID_CURSOR' });
  for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, '1', null]) {
    const cursor = encodeCursor(['solutions ADOPTERS DESC', value, 'one', 'github.com/os2/one']);
    expect(await rejection(solutions, { after: cursor, orderBy: { field: 'ADOPTERS' } })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  }
});

it('a cursor of another solution’s users is rejected', async () => {
  const after = await cursorOf(adoptions);
  expect(await rejection(adoptions.replace('os2/one', 'os2/two'), { after })).toMatchObject({ code: 'INVALID_CURSOR' });
});
