import { randomBytes } from 'node:crypto';

import { countries, europe } from '../../schema/values/countries.js';
import type { ServiceDatabase } from '../../services/kit/testing/databases.js';
import { filledDatabases } from './subgraphs.js';
import { variableOf } from '../../cli/start/settings.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { createService, type Service } from './service-process.js';

/** The graph as processes of their own, each on a real database, with fault proxies before the gateway's back. */
export interface ProcessGraph {
  readonly origin: string;
  readonly gateway: Service;
  /** Countries and Europe, by their names. */
  readonly services: ReadonlyMap<string, Service>;
  /** Their databases. */
  readonly databases: ReadonlyMap<string, ServiceDatabase>;
  /** What another gateway needs in order to reach them: their addresses and secrets. */
  readonly subgraphVariables: Readonly<Record<string, string>>;
  /** Where the gateway asks those that have one. */
  readonly proxies: ReadonlyMap<string, FaultProxy>;
  /** What no client may ever be told: where the others run, and by what they know one another. */
  readonly secrets: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface GraphOptions {
  /** Who gets a fault proxy. */
  readonly faulty: readonly string[];
  /** What the gateway's environment says besides where everybody is. */
  readonly gateway: Readonly<Record<string, string>>;
  /** What everybody's says. */
  readonly everybody?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const names: readonly string[] = [...countries, europe].map(({ folder }) => folder);

/** Starts everything, in databases of its own in the PostgreSQL at `TEST_POSTGRES_URL`, with the bundled tables imported. Settles when all is ready. */
export async function startProcessGraph(options: GraphOptions): Promise<ProcessGraph> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    // In the order in which it was started, backwards: nobody's database goes before he does.
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
  { faulty, gateway: settings, everybody = {}, signal }: GraphOptions,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<ProcessGraph, 'stop'>> {
  const secrets = Object.fromEntries(
    names.map((name) => [variableOf(name, 'SUBGRAPH_SECRETS'), randomBytes(24).toString('hex')]),
  );
  const services = new Map<string, Service>();
  const databases = await filledDatabases();
  undo.push(...[...databases.values()].map(({ drop }) => drop));
  for (const name of names) {
    services.set(
      name,
      await createService(
        name,
        environmentOf(name, databases.get(name), { ...everybody, ...secrets }, urlsOf(services)),
      ),
    );
  }
  await startAll([...services.values()], undo, signal);

  const proxies = new Map<string, FaultProxy>();
  for (const name of faulty) {
    const proxy = await startFaultProxy(services.get(name)?.url ?? '');
    undo.push(proxy.stop);
    proxies.set(name, proxy);
  }
  const gateway = await createService('gateway', (port) => ({
    RATE_LIMIT_PER_MINUTE: '0',
    ...everybody,
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

/** What a service needs to know: its own affairs, and Europe, which comes last, where the countries are. */
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
    ...general,
    ...(name === europe.folder ? others : {}),
  });

const urlsOf = (places: ReadonlyMap<string, { readonly url: string }>): Record<string, string> =>
  Object.fromEntries([...places].map(([name, { url }]) => [variableOf(name, 'URL'), url]));

async function startAll(
  services: readonly Service[],
  undo: (() => Promise<unknown>)[],
  signal: AbortSignal,
): Promise<void> {
  for (const service of services) {
    service.start();
    undo.push(service.kill);
  }
  await Promise.all(services.map((service) => service.untilReady(signal)));
  signal.throwIfAborted();
}
