import { type Subgraph, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { createFakeFeed, statusResponse } from '../testing/fake-feed.js';
import { pollVersions, type VersionPoller } from './subgraph-versions.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

interface SubgraphOperation {
  readonly query: string;
  readonly variables?: { readonly after: string | null; readonly first: number };
}
type FakeSubgraph = Pick<Subgraph, 'name' | 'execute'>;

const fake = (name: string, respond: (operation: SubgraphOperation) => SubgraphResponse): FakeSubgraph => ({
  name,
  execute: (body, { cancellation }) =>
    new Promise((resolve, reject) => {
      try {
        if (cancellation.isCancelled) throw new Error('disconnected');
        resolve(respond(JSON.parse(body) as SubgraphOperation));
      } catch (error) {
        reject(error instanceof Error ? error : new Error('failed'));
      }
    }),
});

let versions: VersionPoller;
afterEach(() => versions.stop());

const until = (condition: () => boolean): Promise<void> =>
  waitUntil('the versions to be polled', condition, { intervalMs: 2 });

/** Denmark and Europe, followed; Denmark can be down. */
function start() {
  const feed = createFakeFeed(3);
  const world = { isDown: false, status: statusResponse(['DK', 'OK', 'a']) };
  const denmark = fake('denmark', ({ variables }) => {
    if (world.isDown) throw new SubgraphError('SUBGRAPH_UNAVAILABLE', 'down');
    return feed.respond(variables?.after ?? null, variables?.first ?? 0);
  });
  versions = pollVersions({ subgraphs: [denmark, fake('europe', () => world.status)], intervalMs: 50 });
  return { feed, world };
}
const allObserved = (): boolean => versions.current().size === 2;

it('the poller has all versions after polling each service', async () => {
  start();
  await until(allObserved);
  await until(() => versions.areUnchanged(versions.current()));
  expect([...versions.current().keys()].sort()).toEqual(['denmark', 'europe']);
  expect(versions.areUnchanged(new Map())).toBe(true);
  expect(versions.areUnchanged(new Map([['italy', 'a']]))).toBe(false);
});

it('the version of a country changes when its feed advances', async () => {
  const { feed } = start();
  await until(allObserved);
  const before = versions.current();
  feed.entries += 1;
  await until(() => versions.current().get('denmark') !== before.get('denmark'));
  expect(versions.areUnchanged(before)).toBe(false);
  expect(versions.current().get('europe')).toBe(before.get('europe'));
});

it('the version of the index changes when it has read further', async () => {
  const { world } = start();
  await until(allObserved);
  const before = versions.current();
  world.status = statusResponse(['DK', 'OK', 'b']);
  await until(() => versions.current().get('europe') !== before.get('europe'));
  expect(versions.outdatedCountries().size).toBe(0);
});

it('the poller returns the countries that are outdated in the index', async () => {
  const { world } = start();
  world.status = statusResponse(['DK', 'UNREACHABLE', 'a']);
  await until(() => versions.outdatedCountries().get('DK') === 'STALE');
});

it('the version of a service that stops responding is kept, but not taken for unchanged', async () => {
  const { world } = start();
  await until(allObserved);
  const before = versions.current();
  world.isDown = true;
  await until(() => !versions.areUnchanged(before));
  expect(versions.current()).toEqual(before);
  const ofEurope = new Map([['europe', before.get('europe') ?? '']]);
  await until(() => versions.areUnchanged(ofEurope));
  world.isDown = false;
  await until(() => versions.areUnchanged(before));
});

it('polls have a timeout, request ids of their own and unsampled traces', async () => {
  const requests: Parameters<Subgraph['execute']>[1][] = [];
  const denmark: FakeSubgraph = {
    name: 'denmark',
    execute: (_body, request) => {
      requests.push(request);
      return Promise.reject(new SubgraphError('SUBGRAPH_TIMEOUT', 'silent'));
    },
  };
  versions = pollVersions({ subgraphs: [denmark], intervalMs: 20 });
  await until(() => requests.length > 1);
  expect(requests[0]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  expect(requests[0]?.requestId).not.toBe(requests[1]?.requestId);
  expect((requests[0]?.deadline ?? Infinity) - performance.now()).toBeLessThanOrEqual(60);
});
