import { createDatedListLoader, createListLoader, createRowLoader, groupBy, type ParentBatch } from './loaders.js';
import { testRequest } from '../testing/test-request.js';

describe('createRowLoader', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('requests all keys of a batch at once, and returns rows in the order of the keys and null for a key without a row', async () => {
    const batches: (readonly string[])[] = [];
    const loader = createRowLoader(
      testRequest(),
      (keys) => {
        batches.push(keys);
        return Promise.resolve(rows.filter(({ id }) => keys.includes(id)).reverse());
      },
      ({ id }) => id,
    );
    expect(await loader.loadMany(['c', 'x', 'a', 'c', '__proto__'])).toEqual([
      { id: 'c' },
      null,
      { id: 'a' },
      { id: 'c' },
      null,
    ]);
    expect(batches).toEqual([['c', 'x', 'a', '__proto__']]);
  });

  it('rejects for each key if the request fails', async () => {
    const loader = createRowLoader(
      testRequest(),
      () => Promise.reject(new Error('gone')),
      () => '',
    );
    expect((await loader.loadMany(['a', 'b'])).map(String)).toEqual(['Error: gone', 'Error: gone']);
  });
});

describe('createListLoader', () => {
  it('returns the rows of each parent in their order, and an empty list for a parent without rows', async () => {
    const loader = createListLoader(testRequest(), () =>
      Promise.resolve([
        { parentId: 'b', text: 'second' },
        { parentId: 'a', text: 'x' },
        { parentId: 'b', text: 'first' },
      ]),
    );
    const lists = (await loader.loadMany(['a', 'b', 'c'])) as (readonly { readonly text: string }[])[];
    expect(lists.map((list) => list.map(({ text }) => text))).toEqual([['x'], ['second', 'first'], []]);
  });

  it('rejects if there are rows of a parent that was not requested, and names both', async () => {
    const loader = createListLoader(testRequest(), () => Promise.resolve([{ parentId: 'a' }, { parentId: 'A' }]));
    const error = await loader.load('a').catch(String);
    expect(error).toBe(
      'Error: A loader found rows with a parent that was not requested.\n\nRequested:\na\n\nNot requested:\nA',
    );
  });
});

describe('createDatedListLoader', () => {
  interface Row {
    readonly parentId: string;
    readonly parentDay: string;
    readonly text: string;
  }

  /** Finds two rows for every key but that of `none`. */
  function createRecordingLoader() {
    const calls: { parents: ParentBatch; arguments: unknown }[] = [];
    const loader = createDatedListLoader<{ kind: string | null }, Row>(testRequest(), (parents, listArguments) => {
      calls.push({ parents, arguments: listArguments });
      const rows = (text: string) =>
        parents.ids.flatMap((id, index) =>
          id === 'none' ? [] : [{ parentId: id, parentDay: parents.days[index] ?? '', text }],
        );
      return Promise.resolve([...rows('first'), ...rows('second')]);
    });
    return { loader, calls };
  }

  const keyOf = (id: string, day: string, kind: string | null) => ({ id, day, arguments: { kind } });

  it('requests all parents with equal arguments at once, whatever their days', async () => {
    const { loader, calls } = createRecordingLoader();
    await loader.loadMany([keyOf('a', '2017-08-07', null), keyOf('b', '2018-01-01', null)]);
    expect(calls).toEqual([
      { parents: { ids: ['a', 'b'], days: ['2017-08-07', '2018-01-01'] }, arguments: { kind: null } },
    ]);
  });

  it('requests other arguments separately, and keeps their lists apart', async () => {
    const { loader, calls } = createRecordingLoader();
    const lists = await loader.loadMany([keyOf('a', '2017-08-07', null), keyOf('a', '2017-08-07', 'REGION')]);
    expect(calls.map((call) => call.arguments)).toEqual([{ kind: null }, { kind: 'REGION' }]);
    expect(lists.map((list) => (list as Row[]).map(({ text }) => text))).toEqual([
      ['first', 'second'],
      ['first', 'second'],
    ]);
  });

  it('keeps days apart, returns rows in their order, and an empty list for a key without rows', async () => {
    const { loader } = createRecordingLoader();
    const [early, late, none] = await loader.loadMany([
      keyOf('a', '2017-08-07', null),
      keyOf('a', '2018-01-01', null),
      keyOf('none', '2018-01-01', null),
    ]);
    expect(early).toEqual([
      { parentId: 'a', parentDay: '2017-08-07', text: 'first' },
      { parentId: 'a', parentDay: '2017-08-07', text: 'second' },
    ]);
    expect((late as Row[]).map(({ parentDay }) => parentDay)).toEqual(['2018-01-01', '2018-01-01']);
    expect(none).toEqual([]);
  });

  it('requests the same key once', async () => {
    const { loader, calls } = createRecordingLoader();
    await loader.loadMany([keyOf('a', '2017-08-07', null), keyOf('a', '2017-08-07', null)]);
    await loader.load(keyOf('a', '2017-08-07', null));
    expect(calls.map((call) => call.parents.ids)).toEqual([['a']]);
  });

  it('rejects if there are rows of a key that was not requested', async () => {
    const loader = createDatedListLoader<null, Row>(testRequest(), () =>
      Promise.resolve([{ parentId: 'a', parentDay: '2018-01-02', text: 'another day' }]),
    );
    await expect(loader.load({ id: 'a', day: '2018-01-01', arguments: null })).rejects.toThrow(
      'Not requested:\n2018-01-02 a',
    );
  });
});

it('groupBy groups rows by their key, in the order given', () => {
  const groups = groupBy(['b1', 'a1', 'b2'], (row) => row.charAt(0));
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});

it('a large batch is used in turns, and what is loaded for its values is one batch', async () => {
  const batches: number[] = [];
  const find = (keys: readonly string[]) => {
    batches.push(keys.length);
    return Promise.resolve(keys.map((id) => ({ id })));
  };
  const getId = ({ id }: { readonly id: string }): string => id;
  const request = testRequest();
  const [parents, children] = [createRowLoader(request, find, getId), createRowLoader(request, find, getId)];
  const turns = new Set<number>();
  let turn = 0;
  const count = (): void => {
    turn += 1;
    if (turn < 1_000) setImmediate(count);
  };
  const loadChild = async (id: string) => {
    const parent = await parents.load(id);
    turns.add(turn);
    return children.load(`child of ${parent?.id ?? ''}`);
  };
  setImmediate(count);
  const loaded = await Promise.all(Array.from({ length: 450 }, (_, index) => loadChild(`${index}`)));
  expect(loaded.map((child) => child?.id)).toEqual(Array.from({ length: 450 }, (_, index) => `child of ${index}`));
  expect(turns.size).toBe(5);
  expect(batches).toEqual([450, 450]);
});
