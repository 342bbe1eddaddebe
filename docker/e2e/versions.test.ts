import { followVersions, type Versions } from '../../gateway/answers/versions.js';
import { askGraph, startWorld, type World } from './world.js';

// That versions tell of every change is what lets the gateway give an answer twice.

let world: World;
let versions: Versions;
beforeAll(async () => {
  world = await startWorld(100);
  const subgraph = (name: string, door: string) => ({
    name,
    ask: async (body: string) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const { data = null, errors = [] } = await askGraph(world.doors[door] ?? '', query, variables);
      return { data, errors };
    },
  });
  versions = followVersions({
    subgraphs: [subgraph('denmark', 'denmark'), subgraph('italy', 'italy'), subgraph('europe', 'gateway')],
    intervalMs: 100,
  });
}, 120_000);
afterAll(async () => {
  await versions.stop();
  await world.stop();
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('a change in a country changes the version of the country, then that of the index, and no other', async () => {
  await until(() => versions.known().size === 3 && versions.behind().size === 0);
  const before = versions.known();
  await world.write('denmark', `UPDATE organisation SET homepage = 'https://example.org/' WHERE id LIKE 'dk:%0820'`);
  await until(() => versions.known().get('denmark') !== before.get('denmark'));
  await until(() => versions.known().get('europe') !== before.get('europe'));
  expect(versions.known().get('italy')).toBe(before.get('italy'));
});

it('a country that is down is behind in the index, and not taken for unchanged', async () => {
  const before = versions.known();
  await world.breakDown(['denmark']);
  await until(() => versions.behind().get('DK') === 'STALE');
  await until(() => !versions.areCurrent(new Map([['denmark', before.get('denmark') ?? '']])));
  await world.breakDown([]);
  await until(() => versions.behind().size === 0);
  await until(() => versions.areCurrent(new Map([['denmark', before.get('denmark') ?? '']])));
});
