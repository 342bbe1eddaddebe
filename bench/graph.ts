import pg from 'pg';

import { countries, europe } from '../schema/values/countries.js';
import { type Cluster, startThrowawayCluster } from '../cli/start/cluster.js';
import { readSettings, variableOf } from '../cli/start/settings.js';
import { childEnvironment } from '../cli/start/child-environment.js';
import { planServices, type ServicePlan } from '../cli/start/service-plan.js';
import { type Child, startProcess, stopProcess } from '../cli/start/processes.js';
import { waitUntilReady } from '../cli/testing/wait-until-ready.js';
import { waitUntil } from '../services/kit/testing/wait-until.js';
import { freePorts } from './free-ports.js';
import type { Run } from './run.js';

/** The whole graph: every service in its own process, on free ports and a temporary PostgreSQL. */
export interface Graph {
  /** The public endpoint of a service. */
  readonly url: (name: string) => string;
  readonly processId: (name: string) => number;
  readonly databaseUrl: (name: string) => string;
  /** The environment variables with which another gateway can replace ours: all but its port. */
  readonly gatewayVariables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const drainTimeoutMs = 5_000;
/** Longer than an import of all bundled tables takes on a slow machine. */
const startTimeoutMs = 300_000;
const never = new AbortController().signal;

export async function startGraph({ signal, log }: Run): Promise<Graph> {
  log('starting PostgreSQL, three countries, Europe, the gateway and the portal, and importing the tables …');
  const { POSTGRES_PORT: _, ...ports } = await freePorts();
  const plans = planServices(readSettings(ports));
  const cluster = await startThrowawayCluster([...countries, europe].map(({ folder }) => folder));
  const services = new Map(plans.map((plan) => [plan.name, startService(plan, cluster)]));
  const stop = async (): Promise<void> => {
    log('stopping the services and PostgreSQL …');
    await Promise.all([...services.values()].map((child) => stopProcess(child, drainTimeoutMs, never)));
    await cluster.stop();
  };
  try {
    await Promise.all(
      plans.map(({ name, port }) =>
        waitUntilReady(name, port, { timeoutMs: startTimeoutMs, signal, child: services.get(name) }),
      ),
    );
    signal.throwIfAborted();
    await waitUntilIndexed(cluster.url(europe.folder));
  } catch (error) {
    await stop();
    throw error;
  }
  const planOf = (name: string): ServicePlan => required(plans.find((plan) => plan.name === name));
  const { PORT: _port, ...gatewayVariables } = planOf('gateway').variables(cluster);
  return {
    url: (name) => `http://127.0.0.1:${planOf(name).port}/graphql`,
    processId: (name) => required(services.get(name)?.process.pid),
    databaseUrl: cluster.url,
    gatewayVariables,
    stop,
  };
}

/** Europe is ready without a country whose import takes long. Then it has yet to read it. */
async function waitUntilIndexed(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await waitUntil(
      'Europe to read all countries',
      async () => {
        const { rows } = await client.query(`SELECT FROM catalogue WHERE read_at IS NULL OR is_filling`);
        return rows.length === 0;
      },
      { timeoutMs: startTimeoutMs, intervalMs: 100 },
    );
  } finally {
    await client.end();
  }
}

/** All requests come from one client, which sends them as fast as it can. */
export const oneClient = {
  COST_BUDGET_PER_MINUTE: '0',
  PORTAL_COST_BUDGET_PER_MINUTE: '0',
  MAX_CONCURRENT_REQUESTS_PER_CLIENT: '500',
  ...Object.fromEntries(countries.map(({ folder }) => [variableOf(folder, 'COST_BUDGET_PER_MINUTE'), '0'])),
};

const startService = ({ name, script, variables }: ServicePlan, cluster: Cluster): Child => {
  const env = { ...childEnvironment(process.env, variables(cluster)), ...oneClient };
  return startProcess({ name, script, env }, () => undefined);
};

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A service is missing.');
  return value;
}
