import { mergeInto, getObjectsAt, findLocations } from './result-tree.js';

const createTree = () => ({
  one: { list: [{ id: 1 }, null, { id: 2 }], deep: [[{ id: 3 }], null] },
  none: null,
});

it('getObjectsAt returns the objects at the end of a path in order, and none below null', () => {
  const root = createTree();
  expect(getObjectsAt(root, ['one', 'list', '@'])).toEqual([{ id: 1 }, { id: 2 }]);
  expect(getObjectsAt(root, ['one', 'deep', '@', '@'])).toEqual([{ id: 3 }]);
  expect(getObjectsAt(root, ['one', 'list'])).toEqual([{ id: 1 }, { id: 2 }]);
  expect(getObjectsAt(root, ['none', 'list', '@'])).toEqual([]);
  expect(getObjectsAt(root, ['one', '@'])).toEqual([]);
});

it('findLocations returns the paths of objects, and removes them', () => {
  const root = createTree();
  const wanted = new Set(getObjectsAt(root, ['one', 'list', '@']).slice(1));
  const places = [...findLocations(root, ['one', 'list', '@'], wanted).values()].flat();
  expect(places.map(({ path }) => path)).toEqual([['one', 'list', 2]]);
  for (const { remove } of places) remove();
  expect(root.one.list).toEqual([{ id: 1 }, null, null]);
});

it('findLocations returns every location of an object', () => {
  const shared = { id: 'x' };
  const root = { list: [{ of: shared }, { of: shared }] };
  const places = findLocations(root, ['list', '@', 'of'], new Set([shared])).get(shared);
  expect(places?.map(({ path }) => path)).toEqual([
    ['list', 0, 'of'],
    ['list', 1, 'of'],
  ]);
});

describe('mergeInto', () => {
  it('merges objects, and lists of equal length', () => {
    const target = { a: { x: 1 }, list: [{ x: 1 }, null], other: [1] };
    mergeInto(target, { a: { y: 2 }, list: [{ y: 2 }, { y: 3 }], other: [1, 2], more: null });
    expect(target).toEqual({ a: { x: 1, y: 2 }, list: [{ x: 1, y: 2 }, { y: 3 }], other: [1, 2], more: null });
  });

  it('does not let a subgraph change a prototype', () => {
    const target: Record<string, unknown> = {};
    mergeInto(
      target,
      JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
      ) as object as Record<string, unknown>,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  });
});
