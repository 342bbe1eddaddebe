import { inExclusiveTransaction } from './derive/exclusive-transaction.js';
import { forgetRemovedSolutions } from './derive/forget-removed-solutions.js';
import { emptyIndex } from './harvest/prepare-index.js';
import { useCountryIndex } from './testing/country-index.js';
import { contents } from './testing/feed-contents.js';

const graph = useCountryIndex();

interface Changes {
  readonly feedId: string;
  readonly nodes: readonly { readonly solutionId: string; readonly at: string; readonly solution: object | null }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const query = `query ($after: String, $first: Int) { solutionChanges(after: $after, first: $first) {
  feedId nodes { at solutionId solution { id name } } pageInfo { endCursor hasNextPage } } }`;

const read = async (after: string | null, first?: number): Promise<Changes> => {
  const { solutionChanges } = (await graph.index.query(query, { after, first })) as {
    readonly solutionChanges: Changes;
  };
  return solutionChanges;
};

/** Where the last reading has ended. */
let position: string | null = null;
/** The ids of the solutions that have changed since then. */
async function changed(): Promise<string[]> {
  await graph.index.catchUp();
  const { nodes, pageInfo } = await read(position);
  position = pageInfo.endCursor ?? position;
  return nodes.map(({ solutionId }) => solutionId).sort();
}

const [one, two, three] = ['github.com/a/one', 'github.com/a/two', 'github.com/a/three'];
const publishRecord = (name: string, more: object = {}): void => {
  graph.denmark.publish(
    'RECORD',
    contents.record(`dk:record:${name}`, `github.com/a/${name}`, { name, publisherId: 'dk:consortium:a', ...more }),
  );
};

describe('the feed of changed solutions', () => {
  beforeAll(async () => {
    for (const name of ['one', 'two', 'three']) publishRecord(name);
    graph.denmark.publish('ADMINISTRATION', contents.administration('dk:administration:a', 'Aby'));
    graph.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:a', 'Kreds'));
    await graph.index.catchUp();
  });

  it('has from its start every solution once', async () => {
    expect(await changed()).toEqual([one, three, two]);
    expect(await changed()).toEqual([]);
  });

  it('can be read in pages of any size', async () => {
    const whole = await read(null);
    expect(whole.pageInfo.hasNextPage).toBe(false);
    const first = await read(null, 2);
    const second = await read(first.pageInfo.endCursor, 2);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...first.nodes, ...second.nodes]).toEqual(whole.nodes);
    expect(whole.nodes.map(({ solution }) => solution)).toContainEqual({ id: one, name: 'one' });
    expect(whole.nodes.every(({ at }) => /^\d{4}-\d\d-\d\dT.*Z$/.test(at))).toBe(true);
  });

  it.each<[string, string[], () => void]>([
    [
      'a field of its record',
      [two],
      () => {
        publishRecord('two', { url: 'https://example.org/two' });
      },
    ],
    [
      'nothing that differs',
      [],
      () => {
        publishRecord('two', { url: 'https://example.org/two' });
      },
    ],
    [
      'a user',
      [one],
      () => {
        graph.denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', one));
      },
    ],
    [
      'several users at once',
      [one],
      () => {
        for (const name of ['b', 'c'])
          graph.denmark.publish('ADOPTION', contents.adoption(`dk:adoption:${name}`, null, one, { group: name }));
      },
    ],
    [
      'the status of a user',
      [one],
      () => {
        graph.denmark.publish(
          'ADOPTION',
          contents.adoption('dk:adoption:1', 'dk:administration:a', one, { status: 'PILOT' }),
        );
      },
    ],
    [
      'a user of another solution now',
      [one, three],
      () => {
        graph.denmark.publish('ADOPTION', contents.adoption('dk:adoption:1', 'dk:administration:a', three));
      },
    ],
    [
      'a user of something that no catalogue describes',
      [],
      () => {
        graph.denmark.publish(
          'ADOPTION',
          contents.adoption('dk:adoption:2', 'dk:administration:a', 'github.com/no/thing'),
        );
      },
    ],
    [
      'the name of its user',
      [three],
      () => {
        graph.denmark.publish('ADMINISTRATION', contents.administration('dk:administration:a', 'Bby'));
      },
    ],
    [
      'a maintainer',
      [two],
      () => {
        graph.denmark.publish('PORTFOLIO', contents.portfolio('dk:portfolio:1', 'dk:consortium:a', two));
      },
    ],
  ])('has a solution again after a change of %s', async (_what, expected, change) => {
    change();
    expect(await changed()).toEqual(expected);
  });

  it('has a solution without a state after it is withdrawn or has become part of another one', async () => {
    graph.denmark.withdraw('RECORD', 'dk:record:three');
    expect(await changed()).toEqual([three]);
    publishRecord('one', { aliases: [two] });
    expect(await changed()).toEqual([one, two]);
    const { nodes } = await read(null);
    const gone = nodes.filter(({ solution }) => solution === null).map(({ solutionId }) => solutionId);
    expect(gone).toHaveLength(2);
    expect(gone).toContain(three);
  });

  it('forgets removed solutions under another id if they are more than the others and than a number', async () => {
    const forget = (minKept: number): Promise<void> =>
      inExclusiveTransaction(graph.index.database.dataSource, (run) => forgetRemovedSolutions(run, minKept));
    const before = await read(null);
    await forget(2);
    expect(await read(null)).toEqual(before);
    await forget(1);
    const after = await read(null);
    expect(after.nodes).toEqual(before.nodes.filter(({ solution }) => solution !== null));
    expect(after.nodes).toHaveLength(1);
    expect(after.feedId).not.toBe(before.feedId);
    position = after.pageInfo.endCursor;
  });

  it('rejects a cursor that is not of this feed', async () => {
    const codeOf = async (after: string | null, first?: number): Promise<unknown> =>
      (await graph.index.execute(query, { after, first })).errors?.[0]?.extensions['code'];
    expect(await codeOf('x')).toBe('INVALID_CURSOR');
    expect(await codeOf(null, 1_001)).toBe('INVALID_ARGUMENT');
    const before = (await read(null)).feedId;
    await emptyIndex(graph.index.database.dataSource);
    expect(await codeOf(position)).toBe('FEED_CHANGED');
    expect((await read(null)).feedId).not.toBe(before);
  });
});
