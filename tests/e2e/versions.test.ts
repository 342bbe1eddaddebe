import { pollVersions, type VersionPoller } from '../../gateway/cache/subgraph-versions.js';
import { startGateway } from '../../gateway/gateway.js';
import { testGatewaySettings } from '../../gateway/testing/gateway-settings.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type Answer, queryGraph, startTestGraph, type TestGraph } from '../support/test-graph.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

// That versions tell of every change is what lets the gateway give an answer twice.

let world: TestGraph;
let versions: VersionPoller;
beforeAll(async () => {
  world = await startTestGraph(100);
  const subgraph = (name: string, door: string) => ({
    name,
    execute: async (body: string) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const { data = null, errors = [] } = await queryGraph(world.endpoints[door] ?? '', query, variables);
      return { data, errors };
    },
  });
  versions = pollVersions({
    subgraphs: [subgraph('denmark', 'denmark'), subgraph('italy', 'italy'), subgraph('europe', 'gateway')],
    intervalMs: 100,
  });
}, 120_000);
afterAll(async () => {
  await versions.stop();
  await world.stop();
});

const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  waitUntil(`this to be true: ${condition.toString()}`, condition, { intervalMs: 20 });

it('a change in a country changes the version of the country, then that of the index, and no other', async () => {
  await until(() => versions.current().size === 3 && versions.outdatedCountries().size === 0);
  const before = versions.current();
  await world.write('denmark', `UPDATE organisation SET homepage = 'https://example.org/' WHERE id LIKE 'dk:%0820'`);
  await until(() => versions.current().get('denmark') !== before.get('denmark'));
  await until(() => versions.current().get('europe') !== before.get('europe'));
  expect(versions.current().get('italy')).toBe(before.get('italy'));
});

it('a country that is down is behind in the index, and not taken for unchanged', async () => {
  const before = versions.current();
  await world.stopSubgraphs(['denmark']);
  await until(() => versions.outdatedCountries().get('DK') === 'STALE');
  await until(() => !versions.areUnchanged(new Map([['denmark', before.get('denmark') ?? '']])));
  await world.stopSubgraphs([]);
  await until(() => versions.outdatedCountries().size === 0);
  await until(() => versions.areUnchanged(new Map([['denmark', before.get('denmark') ?? '']])));
});

describe('a gateway that keeps answers', () => {
  let gateway: RunningService;
  beforeAll(async () => {
    const settings = { responseCacheMb: 8, staleIfErrorSeconds: 60, subgraphTimeoutMs: 5_000 };
    gateway = await startGateway(testGatewaySettings(world.subgraphUrls, settings), { logger: silentLogger });
  });
  afterAll(() => gateway.stop());

  const ask = async () => {
    const query = '{ organisation(id: "dk:administration:0820") { homepage } }';
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query=${encodeURIComponent(query)}`);
    return { age: response.headers.get('age'), text: await response.text() };
  };
  const changed = 'https://example.org/changed';

  it('gives one again, and not for more than some seconds after it was changed', async () => {
    await until(async () => (await ask()).age !== null);
    const begun = performance.now();
    await world.write('denmark', `UPDATE organisation SET homepage = '${changed}' WHERE id LIKE 'dk:%0820'`);
    await until(async () => (await ask()).text.includes(changed));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('gives an older one while its country is down, and says so', async () => {
    await world.stopSubgraphs(['denmark']);
    await until(async () => (await ask()).text.includes('STALE'));
    const { data, errors, extensions } = JSON.parse((await ask()).text) as Answer;
    expect({ data, errors }).toEqual({ data: { organisation: { homepage: changed } }, errors: undefined });
    expect(extensions?.['catalogues']).toContainEqual({ country: 'DK', state: 'STALE' });
    await world.stopSubgraphs([]);
  });
});
