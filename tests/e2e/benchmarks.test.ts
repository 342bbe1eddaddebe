import { measureBrowser } from '../../bench/browser.js';
import { measureCosts } from '../../bench/costs.js';
import { measureCountries } from '../../bench/countries/countries.js';
import { addedCountries } from '../../bench/countries/union-sources.js';
import { measureDeepPages } from '../../bench/deep-pages.js';
import { measureEurope } from '../../bench/europe.js';
import { measureExport } from '../../bench/export.js';
import { expensive } from '../../bench/field-costs.js';
import { measureGateways } from '../../bench/gateways/gateways.js';
import { type Graph, oneClient } from '../../bench/graph.js';
import { measureImport } from '../../bench/import.js';
import { measurePage } from '../../bench/page/page.js';
import { measureScale } from '../../bench/scale/scale.js';
import { measureStart } from '../../bench/start.js';
import type { Report } from '../../bench/table.js';
import { variableOf } from '../../cli/start/settings.js';
import { europe } from '../../schema/values/countries.js';
import { createTestDatabase } from '../../services/kit/testing/databases.js';
import { findChromium } from '../../services/kit/testing/chromium.js';
import { startTestPortal, type TestPortal } from '../../services/portal/testing/start-test-portal.js';
import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';

// Every benchmark compares responses before it measures. Each runs once, as briefly as possible, so that none breaks unnoticed.

const { signal } = new AbortController();
const run = { seconds: 0.02, signal, log: () => undefined };

let processes: ProcessGraph;
let portal: TestPortal;
let graph: Graph;
beforeAll(async () => {
  const until = AbortSignal.timeout(280_000);
  processes = await startProcessGraph({
    tables: 'short',
    proxied: [],
    gateway: {},
    allServices: oneClient,
    signal: until,
  });
  const serviceOf = (name: string) => {
    const service = name === 'gateway' ? processes.gateway : processes.services.get(name);
    if (!service) throw new Error(`There is no service ${name}.`);
    return service;
  };
  // The portal runs in this process, as another start of it would take longer than what is measured there.
  portal = await startTestPortal(`${processes.origin}/graphql`);
  graph = {
    url: (name) =>
      name === 'portal' ? `${portal.origin}/graphql` : `http://127.0.0.1:${serviceOf(name).port}/graphql`,
    processId: (name) => (name === 'portal' ? process.pid : (serviceOf(name).processId() ?? 0)),
    databaseUrl: (name) => processes.databases.get(name)?.url ?? '',
    gatewayVariables: processes.subgraphVariables,
    stop: () => Promise.resolve(),
  };
}, 300_000);
afterAll(async () => {
  await portal.stop();
  await processes.stop();
});

const titlesOf = async (reports: AsyncIterable<Report | string>): Promise<string[]> => {
  const titles: string[] = [];
  for await (const report of reports) titles.push(typeof report === 'string' ? report : report.title);
  return titles;
};

it('export measures the list of all adoptions', async () => {
  expect((await measureExport(graph, run, { rows: 0 })).rows).toHaveLength(3);
});

it('eu measures one operation over all countries', async () => {
  expect((await measureEurope(graph, run)).rows).toHaveLength(3);
});

it('walk measures the first and the last page', async () => {
  expect((await measureDeepPages(graph, run)).rows).toHaveLength(3);
});

it('costs measures every field that costs more than an ordinary one', async () => {
  expect((await measureCosts(graph, run)).rows).toHaveLength(expensive.length + 1);
});

it('start measures a start', async () => {
  const databases = [...processes.databases].flatMap(([name, { url, serviceUrl }]) => [
    [variableOf(name, 'DATABASE_URL'), serviceUrl],
    [variableOf(name, 'MIGRATION_URL'), url],
    ...(name === europe.folder ? [] : [[variableOf(name, 'IMPORT_DIR'), 'none']]),
  ]);
  const variables = Object.fromEntries(databases) as Record<string, string>;
  // A second start is the same, except that it takes less time.
  expect((await measureStart(run, variables, false)).rows).toHaveLength(1);
}, 300_000);

it('gateways measures the program of every gateway', async () => {
  // These are programs of the others with other settings, which gateway/subgraphs and other-runtime.test.ts test.
  const leftOut = ['ours', 'ours, without deduplication', 'Hive Gateway', 'Hive Gateway, Rust planner'];
  const titles = await titlesOf(measureGateways(graph, run, { rounds: 1, scenarioIds: ['c'], live: false, leftOut }));
  expect(titles).toHaveLength(1);
}, 300_000);

it('countries measures the gateway with the present countries and with more', async () => {
  expect(await titlesOf(measureCountries(graph, run, addedCountries.slice(0, 1)))).toHaveLength(3);
}, 300_000);

it('scale measures an index of made-up countries', async () => {
  const [small, large] = [await createTestDatabase(), await createTestDatabase()];
  const databases = { small: small.url, large: large.url };
  const titles = await titlesOf(measureScale(graph, run, { share: 0.0003, plans: false, databases }));
  expect(titles.length).toBeGreaterThan(3);
  await Promise.all([small.drop(), large.drop()]);
}, 300_000);

it('import measures an import of tables, its dry run, and its repetition', async () => {
  const database = await createTestDatabase();
  expect((await measureImport(run, { rows: 100, databaseUrl: database.url })).rows).toHaveLength(4);
  await database.drop();
});

(findChromium() === undefined ? it.skip : it)('browser measures two pages of the portal (needs Chromium)', async () => {
  expect(await measureBrowser(graph, run)).toMatchObject({ rows: { length: 4 } });
});

// The last one: it adds memberships to Italy.
it('page measures every way to a page', async () => {
  // As many as show that the layers work.
  expect((await measurePage(graph, run, { connections: 2 })).rows.length).toBeGreaterThanOrEqual(6);
}, 300_000);
