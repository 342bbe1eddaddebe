import { type PolledSubgraph, pollVersions, type VersionPoller } from '../../../gateway/cache/subgraph-versions.js';
import { startGateway } from '../../../gateway/gateway.js';
import { testGatewaySettings } from '../../../gateway/testing/gateway-settings.js';
import { sharePlanner } from '../../../gateway/testing/shared-planner.js';
import type { RunningService } from '../../../services/kit/http/service.js';
import { silentLogger } from '../../../services/kit/testing/silent-logger.js';
import { queryGraph, type TestResponse } from '../../support/test-graph.js';
import { waitUntil } from '../../../services/kit/testing/wait-until.js';
import { graph } from './graph.js';

// The gateway may cache responses only because versions change with every change of the data.

describe('the versions of subgraphs', () => {
  let versions: VersionPoller;
  beforeAll(() => {
    const subgraph = (name: string, endpoint: string): PolledSubgraph => ({
      name,
      silentMs: () => 0,
      state: () => 'closed',
      poll: async (body) => {
        const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
        const { data = null, errors = [] } = await queryGraph(graph.endpoints[endpoint] ?? '', query, variables);
        return { data, errors };
      },
    });
    versions = pollVersions({ intervalMs: 100 });
    versions.follow([subgraph('denmark', 'denmark'), subgraph('italy', 'italy'), subgraph('europe', 'gateway')]);
  });
  afterAll(() => versions.stop());

  const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
    waitUntil(`this to be true: ${condition.toString()}`, condition, { intervalMs: 20 });

  it('a change in a country changes the version of the country, then that of the index, and no other', async () => {
    await until(() => versions.current().size === 3 && versions.outdatedCountries().size === 0);
    const before = versions.current();
    await graph.write('denmark', `UPDATE organisation SET homepage = 'https://example.org/' WHERE id LIKE 'dk:%0820'`);
    await until(() => versions.current().get('denmark') !== before.get('denmark'));
    await until(() => versions.current().get('europe') !== before.get('europe'));
    expect(versions.current().get('italy')).toBe(before.get('italy'));
  });

  it('a country that is down is stale in the index, and does not count as unchanged', async () => {
    const before = versions.current();
    await graph.stopSubgraphs(['denmark']);
    await until(() => versions.outdatedCountries().get('DK') === 'STALE');
    await until(() => !versions.areUnchanged(new Map([['denmark', before.get('denmark') ?? '']])));
    await graph.stopSubgraphs([]);
    await until(() => versions.outdatedCountries().size === 0);
    await until(() => versions.areUnchanged(new Map([['denmark', before.get('denmark') ?? '']])));
  });

  describe('a gateway with a response cache', () => {
    let gateway: RunningService;
    beforeAll(async () => {
      const settings = { responseCacheMb: 8, staleIfErrorSeconds: 60, subgraphTimeoutMs: 5_000 };
      gateway = await startGateway(testGatewaySettings(graph.subgraphUrls, settings), {
        logger: silentLogger,
        createPlanner: sharePlanner,
      });
    });
    afterAll(() => gateway.stop());

    const sendQuery = async () => {
      const query = '{ organisation(id: "dk:administration:0820") { homepage } }';
      const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query=${encodeURIComponent(query)}`);
      return { age: response.headers.get('age'), text: await response.text() };
    };
    const changed = 'https://example.org/changed';

    it('returns a cached response for at most some seconds after a change of its data', async () => {
      await until(async () => (await sendQuery()).age !== null);
      await graph.write('denmark', `UPDATE organisation SET homepage = '${changed}' WHERE id LIKE 'dk:%0820'`);
      await until(async () => (await sendQuery()).text.includes(changed));
    });

    it('returns a stale response while its country is down, and reports the country as stale', async () => {
      await graph.stopSubgraphs(['denmark']);
      await until(async () => (await sendQuery()).text.includes('STALE'));
      const { data, errors, extensions } = JSON.parse((await sendQuery()).text) as TestResponse;
      expect({ data, errors }).toEqual({ data: { organisation: { homepage: changed } }, errors: undefined });
      expect(extensions?.['catalogues']).toContainEqual({ country: 'DK', state: 'STALE' });
      await graph.stopSubgraphs([]);
      await until(() => versions.outdatedCountries().size === 0);
    });
  });
});
