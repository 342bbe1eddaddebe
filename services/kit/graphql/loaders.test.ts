import { type ParentBatch, createDatedListLoader, createRowLoader, groupBy } from './loaders.js';

describe('a loader of rows', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('asks once for all keys of a batch, each key once, and gives rows in the order asked and null for none', async () => {
    const asked: (readonly string[])[] = [];
    const loader = createRowLoader(
      (keys) => {
        asked.push(keys);
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
    expect(asked).toEqual([['c', 'x', 'a', '__proto__']]);
  });

  it('fails for each key when asking fails', async () => {
    const loader = createRowLoader(
      () => Promise.reject(new Error('gone')),
      () => '',
    );
    expect((await loader.loadMany(['a', 'b'])).map(String)).toEqual(['Error: gone', 'Error: gone']);
  });
});

describe('a loader of answers to questions', () => {
  interface Row {
    readonly parentId: string;
    readonly parentDay: string;
    readonly text: string;
  }

  /** Answers every question twice, in the order of the letters. */
  function createRecordingLoader() {
    const calls: { parents: ParentBatch; arguments: unknown }[] = [];
    const loader = createDatedListLoader<{ kind: string | null }, Row>((parents, questionArguments) => {
      calls.push({ parents, arguments: questionArguments });
      const answer = (text: string) =>
        parents.ids.flatMap((id, index) =>
          id === 'nobody' ? [] : [{ parentId: id, parentDay: parents.days[index] ?? '', text }],
        );
      return Promise.resolve([...answer('first'), ...answer('second')]);
    });
    return { loader, calls };
  }

  const question = (id: string, day: string, kind: string | null) => ({ id, day, arguments: { kind } });

  it('asks once for all parents with equal arguments, whatever their days', async () => {
    const { loader, calls } = createRecordingLoader();
    await loader.loadMany([question('a', '2017-08-07', null), question('b', '2018-01-01', null)]);
    expect(calls).toEqual([
      { parents: { ids: ['a', 'b'], days: ['2017-08-07', '2018-01-01'] }, arguments: { kind: null } },
    ]);
  });

  it('asks separately for other arguments, and keeps the answers apart', async () => {
    const { loader, calls } = createRecordingLoader();
    const answers = await loader.loadMany([question('a', '2017-08-07', null), question('a', '2017-08-07', 'REGION')]);
    expect(calls.map((call) => call.arguments)).toEqual([{ kind: null }, { kind: 'REGION' }]);
    expect(answers.map((answer) => (answer as Row[]).map(({ text }) => text))).toEqual([
      ['first', 'second'],
      ['first', 'second'],
    ]);
  });

  it('keeps days apart, gives rows in their order, and none for none', async () => {
    const { loader } = createRecordingLoader();
    const [early, late, nobody] = await loader.loadMany([
      question('a', '2017-08-07', null),
      question('a', '2018-01-01', null),
      question('nobody', '2018-01-01', null),
    ]);
    expect(early).toEqual([
      { parentId: 'a', parentDay: '2017-08-07', text: 'first' },
      { parentId: 'a', parentDay: '2017-08-07', text: 'second' },
    ]);
    expect((late as Row[]).map(({ parentDay }) => parentDay)).toEqual(['2018-01-01', '2018-01-01']);
    expect(nobody).toEqual([]);
  });

  it('asks the same question once', async () => {
    const { loader, calls } = createRecordingLoader();
    await loader.loadMany([question('a', '2017-08-07', null), question('a', '2017-08-07', null)]);
    await loader.load(question('a', '2017-08-07', null));
    expect(calls.map((call) => call.parents.ids)).toEqual([['a']]);
  });
});

it('groups rows by parent in the order given', () => {
  const groups = groupBy(['b1', 'a1', 'b2'], (row) => row.charAt(0));
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
