import { setTimeout as wait } from 'node:timers/promises';

import { countries } from '../../schema/values/countries.js';
import type { Random } from '../../services/kit/testing/random.js';
import { checkPartialResponse } from '../support/check-partial-response.js';
import { faults } from '../support/faults.js';
import type { Service } from '../support/service-process.js';
import type { SupergraphFile } from './supergraph-file.js';
import type { Scenario } from './traffic.js';

/** A fault for a limited time. `play` settles when it is over. */
export interface Disturbance {
  readonly name: string;
  readonly play: () => Promise<void>;
}

/** The duration of a fault, and of the pause before the next. */
const faultMs = 3_000;
const pauseMs = 1_000;
/** How long a process hangs: the gateway notices it after three to four seconds. */
const hangMs = 6_000;
/** The time in which responses must be whole again after a fault: a breaker closes, a process starts. */
const recoveryTimeoutMs = 30_000;

/** Every fault, a kill and a halt of every service, a new and a broken supergraph, each once, in random order. */
export function disturbances(scenario: Scenario, supergraph: SupergraphFile, random: Random): Disturbance[] {
  const { graph } = scenario;
  const ofProxies = [...graph.proxies].flatMap(([service, proxy]) =>
    faults.map((fault) => ({
      name: `${service}: ${fault}`,
      play: () => injectFault(scenario, service, () => proxy.inject(fault), proxy.clear),
    })),
  );
  const kills = [...graph.services].map(([name, service]) => ({
    name: `${name}: its process is killed`,
    play: () =>
      injectFault(scenario, name, service.kill, async () => {
        service.start();
        await service.untilReady({ signal: scenario.signal }).catch((error: unknown) => {
          if (!scenario.signal.aborted) throw error;
        });
      }),
  }));
  const halts = [...graph.services].map(([name, service]) => ({
    name: `${name}: its process hangs`,
    play: () => injectFault(scenario, name, send(service, 'SIGSTOP'), send(service, 'SIGCONT'), hangMs),
  }));
  const releases = [
    { name: 'a new supergraph', play: () => supergraph.replace().then(() => rest(faultMs, scenario.signal)) },
    {
      name: 'a broken supergraph',
      play: async () => {
        await supergraph.break();
        // Even if the time of the scenario is over: the gateway must read the file before it is replaced.
        await wait(faultMs);
        await supergraph.replace();
      },
    },
  ];
  return random.shuffled([...ofProxies, ...kills, ...halts, ...releases]);
}

/** Sends a signal to the process of a service. */
const send =
  ({ name, processId }: Service, signal: NodeJS.Signals) =>
  (): Promise<void> => {
    const pid = processId();
    if (pid === undefined) throw new Error(`${name} is not running.`);
    process.kill(pid, signal);
    return Promise.resolve();
  };

async function injectFault(
  scenario: Scenario,
  service: string,
  begin: () => Promise<void>,
  end: () => Promise<void>,
  durationMs = faultMs,
): Promise<void> {
  scenario.activeFaults.begin(service);
  await begin();
  await rest(durationMs, scenario.signal);
  await end();
  await untilWhole(scenario, service);
  scenario.activeFaults.end(service);
  await rest(pauseMs, scenario.signal);
}

const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal }).catch(() => undefined);

/** Queries organisations of the country, or of any country if the service is Europe, until a response is whole. */
async function untilWhole({ client, operations, signal, report }: Scenario, service: string): Promise<void> {
  const country = countries.find(({ folder }) => folder === service);
  const deadline = performance.now() + recoveryTimeoutMs;
  while (!signal.aborted) {
    const { request, whole } = operations.fresh(country?.code);
    const response = await client.query(request).catch(() => undefined);
    if (response && !response.errors && checkPartialResponse(response, whole).length === 0) return;
    if (performance.now() > deadline) {
      report(
        `the fault of ${service} is over, and its organisations are still missing after ${recoveryTimeoutMs / 1000} s`,
      );
      return;
    }
    await rest(100, signal);
  }
}
