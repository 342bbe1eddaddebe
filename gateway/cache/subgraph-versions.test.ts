import { type Subgraph, SubgraphError, type SubgraphResponse } from '../subgraphs/subgraph.js';
import { createFakeFeed, statusResponse } from '../testing/fake-feed.js';
import type { BreakerState } from '../subgraphs/circuit-breaker.js';
import { type PolledSubgraph, pollVersions, type VersionPoller } from './subgraph-versions.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

interface SubgraphOperation {
  readonly query: string;
  readonly variables?: { readonly after: string | null; readonly first: number };
}

/** A subgraph that has not responded for a while if a test sets that. */
const fake = (
  name: string,
  respond: (operation: SubgraphOperation) => SubgraphResponse,
  silentMs = () => 0,
  state: PolledSubgraph['state'] = () => 'closed',
): PolledSubgraph => ({
  name,
  silentMs,
  state,
  poll: (body, { cancellation }) =>
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
  const world = {
    isDown: false,
    silentMs: 0,
    state: 'closed' as BreakerState,
    status: statusResponse(['DK', 'OK', 'a']),
  };
  const respond = ({ variables }: SubgraphOperation): SubgraphResponse => {
    if (world.isDown) throw new SubgraphError('SUBGRAPH_UNAVAILABLE', 'down');
    return feed.respond(variables?.after ?? null, variables?.first ?? 0);
  };
  const subgraphs = [
    fake(
      'denmark',
      respond,
      () => world.silentMs,
      () => world.state,
    ),
    fake('europe', () => world.status),
  ];
  versions = pollVersions({ intervalMs: 50 });
  versions.follow(subgraphs);
  return { feed, world, subgraphs };
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

it('a service that has not responded yet, and a country that the index lacks, are problems for the operator', async () => {
  const { world } = start();
  expect(versions.problems()).toEqual(['denmark has not responded yet', 'europe has not responded yet']);
  // As at a first start, while a country imports its tables.
  world.status = statusResponse(['DK', 'NEVER_SEEN', null]);
  await until(() => versions.problems()[0]?.startsWith('the index') === true);
  expect(versions.problems()).toEqual(['the index has not read the catalogue of DK yet: lists and searches lack it']);
  world.status = statusResponse(['DK', 'STALE', 'a']);
  await until(() => versions.problems()[0] === 'the index may lack the latest changes of DK');
  world.status = statusResponse(['DK', 'OK', 'b']);
  await until(() => versions.problems().length === 0);
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

it('a service hangs and is a problem for the operator while its polls get no response', async () => {
  const { world } = start();
  await until(allObserved);
  expect([versions.isDown('denmark'), versions.problems()]).toEqual([false, []]);
  world.silentMs = 1_500;
  expect([versions.isDown('denmark'), versions.isDown('europe'), versions.problems()]).toEqual([true, false, []]);
  world.silentMs = 4_250;
  expect(versions.problems()).toEqual(['denmark has not responded for 4 seconds']);
  world.silentMs = 0;
  world.isDown = true;
  await until(() => versions.problems()[0] === 'the latest poll of denmark failed');
  world.isDown = false;
  await until(() => versions.problems().length === 0);
});

it('a service whose polls fail is down once its circuit is open, until a poll succeeds', async () => {
  const { world } = start();
  await until(allObserved);
  world.isDown = true;
  await until(() => versions.problems().length > 0);
  expect(versions.isDown('denmark')).toBe(false);
  world.state = 'open';
  expect(versions.isDown('denmark')).toBe(true);
  world.isDown = false;
  await until(() => !versions.isDown('denmark'));
});

it('the poller follows the subgraphs of a new supergraph, and no others', async () => {
  const { subgraphs } = start();
  await until(allObserved);
  const before = versions.current();
  const moved = createFakeFeed(7);
  const denmark = fake('denmark', ({ variables }) => moved.respond(variables?.after ?? null, variables?.first ?? 0));
  versions.follow([denmark, ...subgraphs.slice(1)]);
  expect(versions.current()).toEqual(new Map([['europe', before.get('europe')]]));
  await until(allObserved);
  expect(versions.current().get('denmark')).not.toBe(before.get('denmark'));
  versions.follow([denmark]);
  expect([...versions.current().keys()]).toEqual(['denmark']);
  expect(moved.requestCount).toBeGreaterThan(0);
});

it('polls have a timeout, request ids of their own and unsampled traces', async () => {
  const requests: Parameters<Subgraph['execute']>[1][] = [];
  const denmark: PolledSubgraph = {
    ...fake('denmark', () => statusResponse()),
    poll: (_body, request) => {
      requests.push(request);
      return Promise.reject(new SubgraphError('SUBGRAPH_TIMEOUT', 'silent'));
    },
  };
  versions = pollVersions({ intervalMs: 20 });
  versions.follow([denmark]);
  await until(() => requests.length > 1);
  expect(requests[0]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  expect(requests[0]?.requestId).not.toBe(requests[1]?.requestId);
  expect((requests[0]?.deadline ?? Infinity) - performance.now()).toBeLessThanOrEqual(60);
});
