import { type Subgraph, SubgraphFailure, type SubgraphReply } from '../subgraphs/subgraph.js';
import { createFakeFeed, statusReply } from '../testing/fake-feed.js';
import { followVersions, type Versions } from './subgraph-versions.js';

interface Asked {
  readonly query: string;
  readonly variables?: { readonly after: string | null; readonly first: number };
}
type FakeSubgraph = Pick<Subgraph, 'name' | 'ask'>;

const fake = (name: string, answer: (asked: Asked) => SubgraphReply): FakeSubgraph => ({
  name,
  ask: (body, { cancellation }) =>
    new Promise((resolve, reject) => {
      try {
        if (cancellation.isCancelled) throw new Error('left');
        resolve(answer(JSON.parse(body) as Asked));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('failed'));
      }
    }),
});

let versions: Versions;
afterEach(() => versions.stop());

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Denmark and Europe, followed; Denmark can be down. */
function start() {
  const feed = createFakeFeed(3);
  const world = { isDown: false, status: statusReply(['DK', 'OK', 'a']) };
  const denmark = fake('denmark', ({ variables }) => {
    if (world.isDown) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'down');
    return feed.answer(variables?.after ?? null, variables?.first ?? 0);
  });
  versions = followVersions({ subgraphs: [denmark, fake('europe', () => world.status)], intervalMs: 50 });
  return { feed, world };
}
const allHeard = (): boolean => versions.known().size === 2;

it('are known once every service was asked', async () => {
  start();
  await until(allHeard);
  await until(() => versions.areCurrent(versions.known()));
  expect([...versions.known().keys()].sort()).toEqual(['denmark', 'europe']);
  expect(versions.areCurrent(new Map())).toBe(true);
  expect(versions.areCurrent(new Map([['italy', 'a']]))).toBe(false);
});

it('of a country are others when its feed moves', async () => {
  const { feed } = start();
  await until(allHeard);
  const before = versions.known();
  feed.entries += 1;
  await until(() => versions.known().get('denmark') !== before.get('denmark'));
  expect(versions.areCurrent(before)).toBe(false);
  expect(versions.known().get('europe')).toBe(before.get('europe'));
});

it('of the index are others when it has read further', async () => {
  const { world } = start();
  await until(allHeard);
  const before = versions.known();
  world.status = statusReply(['DK', 'OK', 'b']);
  await until(() => versions.known().get('europe') !== before.get('europe'));
  expect(versions.behind().size).toBe(0);
});

it('tell which countries the index is behind', async () => {
  const { world } = start();
  world.status = statusReply(['DK', 'UNREACHABLE', 'a']);
  await until(() => versions.behind().get('DK') === 'STALE');
});

it('are not taken for current when a service is silent, but remembered', async () => {
  const { world } = start();
  await until(allHeard);
  const before = versions.known();
  world.isDown = true;
  await until(() => !versions.areCurrent(before));
  expect(versions.known()).toEqual(before);
  const ofEurope = new Map([['europe', before.get('europe') ?? '']]);
  await until(() => versions.areCurrent(ofEurope));
  world.isDown = false;
  await until(() => versions.areCurrent(before));
});

it('are asked for within a time, in nobody’s name and no trace that is recorded', async () => {
  const asked: Parameters<Subgraph['ask']>[1][] = [];
  const denmark: FakeSubgraph = {
    name: 'denmark',
    ask: (_body, request) => {
      asked.push(request);
      return Promise.reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', 'silent'));
    },
  };
  versions = followVersions({ subgraphs: [denmark], intervalMs: 20 });
  await until(() => asked.length > 1);
  expect(asked[0]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  expect(asked[0]?.requestId).not.toBe(asked[1]?.requestId);
  expect((asked[0]?.deadline ?? Infinity) - performance.now()).toBeLessThanOrEqual(60);
});
