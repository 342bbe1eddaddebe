import { randomBytes } from 'node:crypto';

import { measureBrowser } from '../../bench/browser.js';
import { measureCosts } from '../../bench/costs.js';
import { measureCountries } from '../../bench/countries/countries.js';
import { addedCountries } from '../../bench/countries/union-sources.js';
import { measureDeepPages } from '../../bench/deep-pages.js';
import { measureEurope } from '../../bench/europe.js';
import { measureExport } from '../../bench/export.js';
import { expensive } from '../../bench/field-costs.js';
import { measureGateways } from '../../bench/gateways/gateways.js';
import { freePorts } from '../../bench/free-ports.js';
import { type Graph, oneClient } from '../../bench/graph.js';
import { measureImport } from '../../bench/import.js';
import { measurePage } from '../../bench/page/page.js';
import { measureScale } from '../../bench/scale/scale.js';
import { measureStart } from '../../bench/start.js';
import type { Report } from '../../bench/table.js';
import { planServices, type ServicePlan } from '../../cli/start/service-plan.js';
import { readSettings, variableOf } from '../../cli/start/settings.js';
import { waitUntilReady } from '../../cli/testing/wait-until-ready.js';
import { europe } from '../../schema/values/countries.js';
import { createTestDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { findChromium } from '../../services/kit/testing/chromium.js';
import { filledDatabases } from '../support/subgraphs.js';
import { quickGateway } from '../support/quick-gateway.js';

// Every benchmark compares responses before it measures. Each runs once, as briefly as possible, so that none breaks unnoticed.

const { signal } = new AbortController();
const run = { seconds: 0.02, signal, log: () => undefined };

let databases: ReadonlyMap<string, ServiceDatabase>;
let graph: Graph;
/** The measurement of the start of the graph that all others use, until `endUse` is called. */
let measuredStart: Promise<Report>;
let endUse: () => void = () => undefined;
beforeAll(async () => {
  databases = await filledDatabases('short');
  const variables = { ...oneClient, ...(await freePorts()), ...variablesOf(databases), ...quickGateway };
  const plans = planServices(readSettings(variables));
  const planOf = (name: string): ServicePlan => plans.find((plan) => plan.name === name) ?? missing(name);
  const urlOf = (name: string): string => databases.get(name)?.url ?? missing(name);
  const { PORT: _port, ...gatewayVariables } = planOf('gateway').variables({ url: urlOf, serviceUrl: urlOf });
  graph = {
    url: (name) => `http://127.0.0.1:${planOf(name).port}/graphql`,
    // Of any process, as the figures are not used.
    processId: () => process.pid,
    databaseUrl: urlOf,
    gatewayVariables: { ...gatewayVariables, ...quickGateway },
    stop: () => Promise.resolve(),
  };
  const used = new Promise<void>((resolve) => (endUse = resolve));
  await new Promise<void>((resolve, reject) => {
    const use = async (): Promise<void> => {
      await waitUntilReady('the portal', planOf('portal').port, { timeoutMs: 60_000 });
      resolve();
      await used;
    };
    measuredStart = measureStart(run, { variables, use });
    measuredStart.catch(reject);
  });
}, 300_000);
afterAll(async () => {
  endUse();
  await Promise.allSettled([measuredStart]);
  await Promise.all([...databases.values()].map(({ drop }) => drop()));
});

/** The environment variables of `npm start` on these databases. */
function variablesOf(filled: ReadonlyMap<string, ServiceDatabase>): Record<string, string> {
  const variables = [...filled].flatMap(([name, { url, serviceUrl }]) => [
    [variableOf(name, 'DATABASE_URL'), serviceUrl],
    [variableOf(name, 'MIGRATION_URL'), url],
    [variableOf(name, 'SUBGRAPH_SECRETS'), randomBytes(24).toString('hex')],
    ...(name === europe.folder ? [] : [[variableOf(name, 'IMPORT_DIR'), 'none']]),
  ]);
  return Object.fromEntries(variables) as Record<string, string>;
}

function missing(name: string): never {
  throw new Error(`The service ${name} does not run.`);
}

const titlesOf = async (reports: AsyncIterable<Report | string>): Promise<string[]> => {
  const titles: string[] = [];
  for await (const report of reports) titles.push(typeof report === 'string' ? report : report.title);
  return titles;
};

it('export measures the list of all adoptions', async () => {
  expect((await measureExport(graph, run, { rows: 0 })).rows).toHaveLength(4);
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

// It adds memberships to Italy.
it('page measures every way to a page', async () => {
  expect((await measurePage(graph, run)).rows.length).toBeGreaterThanOrEqual(6);
}, 300_000);

// The last one: it stops the graph.
it('start measures a start', async () => {
  endUse();
  // A second start is the same, except that it takes less time.
  expect((await measuredStart).rows).toHaveLength(1);
});
