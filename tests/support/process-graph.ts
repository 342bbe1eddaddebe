import { randomBytes } from 'node:crypto';

import { countries, europe } from '../../schema/values/countries.js';
import type { ServiceDatabase } from '../../services/kit/testing/databases.js';
import { filledDatabases, type TableLength } from './subgraphs.js';
import { variableOf } from '../../cli/start/settings.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { createService, type Service } from './service-process.js';

/** The graph with each service in its own process and on a real database, with fault proxies between the gateway and subgraphs. */
export interface ProcessGraph {
  readonly origin: string;
  readonly gateway: Service;
  /** The countries and Europe, by their names. */
  readonly services: ReadonlyMap<string, Service>;
  /** Their databases. */
  readonly databases: ReadonlyMap<string, ServiceDatabase>;
  /** The environment variables by which another gateway reaches the subgraphs: their URLs and secrets. */
  readonly subgraphVariables: Readonly<Record<string, string>>;
  /** The fault proxies, by the names of their services. */
  readonly proxies: ReadonlyMap<string, FaultProxy>;
  /** What no response may contain: the ports of the subgraphs and their secrets. */
  readonly secrets: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface GraphOptions {
  readonly tables: TableLength;
  /** The services that get a fault proxy. */
  readonly proxied: readonly string[];
  /** Further environment variables of the gateway. */
  readonly gateway: Readonly<Record<string, string>>;
  /** Further environment variables of all services. */
  readonly allServices?: Readonly<Record<string, string>>;
  /** Where Europe reads the feeds of some countries instead, as variables, given those of all countries. */
  readonly feeds?: (urls: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const names: readonly string[] = [...countries, europe].map(({ folder }) => folder);

/** Starts all services, in databases of their own in the PostgreSQL at `TEST_POSTGRES_URL`, with tables imported. Settles when all are ready. */
export async function startProcessGraph(options: GraphOptions): Promise<ProcessGraph> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    // In reverse order of the start: a database is dropped after its service has stopped.
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { tables, proxied, gateway: settings, allServices = {}, feeds = () => ({}), signal }: GraphOptions,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<ProcessGraph, 'stop'>> {
  const secrets = Object.fromEntries(
    names.map((name) => [variableOf(name, 'SUBGRAPH_SECRETS'), randomBytes(24).toString('hex')]),
  );
  const services = new Map<string, Service>();
  const databases = await filledDatabases(tables);
  undo.push(...[...databases.values()].map(({ drop }) => drop));
  for (const name of names) {
    services.set(
      name,
      await createService(
        name,
        environmentOf(
          name,
          databases.get(name),
          { ...allServices, ...secrets },
          {
            ...urlsOf(services),
            ...(name === europe.folder ? feeds(urlsOf(services)) : {}),
          },
        ),
      ),
    );
  }
  await startAll([...services.values()], undo, signal);

  const proxies = new Map<string, FaultProxy>();
  for (const name of proxied) {
    const proxy = await startFaultProxy(services.get(name)?.url ?? '');
    undo.push(proxy.stop);
    proxies.set(name, proxy);
  }
  const gateway = await createService('gateway', (port) => ({
    // All requests of a test come from one client.
    COST_BUDGET_PER_MINUTE: '0',
    MAX_CONCURRENT_REQUESTS_PER_CLIENT: '500',
    ...allServices,
    ...settings,
    ...secrets,
    ...urlsOf(services),
    ...urlsOf(proxies),
    PORT: String(port),
  }));
  await startAll([gateway], undo, signal);
  const ports = [...services.values(), ...proxies.values()].map(({ port }) => String(port));
  return {
    origin: `http://127.0.0.1:${gateway.port}`,
    gateway,
    services,
    databases,
    subgraphVariables: { ...secrets, ...urlsOf(services) },
    proxies,
    secrets: [...ports, ...Object.values(secrets)],
  };
}

/** The environment variables of a service. Europe, which is the last, also gets the URLs of the countries. */
const environmentOf =
  (
    name: string,
    { url = '', serviceUrl = '' }: Partial<ServiceDatabase> = {},
    general: Record<string, string>,
    others: Record<string, string>,
  ) =>
  (port: number): Record<string, string> => ({
    [variableOf(name, 'PORT')]: String(port),
    [variableOf(name, 'DATABASE_URL')]: serviceUrl,
    [variableOf(name, 'MIGRATION_URL')]: url,
    // Its database is filled.
    ...(name === europe.folder ? {} : { [variableOf(name, 'IMPORT_DIR')]: 'none' }),
    ...general,
    ...(name === europe.folder ? others : {}),
  });

const urlsOf = (services: ReadonlyMap<string, { readonly url: string }>): Record<string, string> =>
  Object.fromEntries([...services].map(([name, { url }]) => [variableOf(name, 'URL'), url]));

async function startAll(
  services: readonly Service[],
  undo: (() => Promise<unknown>)[],
  signal: AbortSignal,
): Promise<void> {
  for (const service of services) {
    service.start();
    undo.push(service.kill);
  }
  await Promise.all(services.map((service) => service.untilReady({ signal })));
  signal.throwIfAborted();
}
