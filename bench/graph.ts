import { countries, europe } from '../schema/values/countries.js';
import { type Cluster, startThrowawayCluster } from '../cli/start/cluster.js';
import { readSettings } from '../cli/start/settings.js';
import { untilReady } from '../cli/start/health.js';
import { childEnvironment } from '../cli/start/child-environment.js';
import { planServices, type ServicePlan } from '../cli/start/service-plan.js';
import { type Child, startProcess, stopProcess } from '../cli/start/processes.js';
import { freePorts } from './free-ports.js';
import type { Run } from './run.js';

/** The whole graph: every service a process of its own, on free ports and on a PostgreSQL that is thrown away. */
export interface Graph {
  /** Where a service answers everybody. */
  readonly url: (name: string) => string;
  readonly processId: (name: string) => number;
  readonly databaseUrl: (name: string) => string;
  /** What a process has to be told so that it can stand in the gateway's place: everything but its port. */
  readonly gatewayVariables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const drainTime = 5_000;
const never = new AbortController().signal;

export async function startGraph({ signal, log: say }: Run): Promise<Graph> {
  say('starting PostgreSQL, three countries, Europe and the gateway, which import and read their tables …');
  const { POSTGRES_PORT: _, ...ports } = await freePorts();
  const plans = planServices(readSettings(ports));
  const cluster = await startThrowawayCluster([...countries, europe].map(({ folder }) => folder));
  const services = new Map(plans.map((plan) => [plan.name, startService(plan, cluster)]));
  const stop = async (): Promise<void> => {
    say('stopping what was started …');
    await Promise.all([...services.values()].map((child) => stopProcess(child, drainTime, never)));
    await cluster.stop();
  };
  try {
    await Promise.all(plans.map((plan) => isReady(plan, services.get(plan.name), signal)));
    signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  const planOf = (name: string): ServicePlan => found(plans.find((plan) => plan.name === name));
  const { PORT: _port, ...gatewayVariables } = planOf('gateway').variables(cluster);
  return {
    url: (name) => `http://127.0.0.1:${planOf(name).port}/graphql`,
    processId: (name) => found(services.get(name)?.process.pid),
    databaseUrl: cluster.url,
    gatewayVariables,
    stop,
  };
}

const startService = ({ name, script, variables }: ServicePlan, cluster: Cluster): Child => {
  // One client asks as fast as it can: that is what is measured.
  const env = { ...childEnvironment(process.env, variables(cluster)), RATE_LIMIT_PER_MINUTE: '0' };
  return startProcess({ name, script, env }, () => undefined);
};

async function isReady({ name, port }: ServicePlan, child: Child | undefined, signal: AbortSignal): Promise<void> {
  const { ended, lastLines } = found(child);
  const over = new AbortController();
  const failed = ended.then((how) => {
    throw new Error([`${name} stopped while starting (${how})`, ...lastLines()].join('\n'));
  });
  try {
    await Promise.race([untilReady(port, AbortSignal.any([signal, over.signal])), failed]);
  } finally {
    over.abort();
    failed.catch(() => undefined);
  }
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A service is missing.');
  return value;
}
