import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { Agent } from 'undici';

import type { Random } from '../../services/kit/testing/random.js';
import type { Abuse } from '../abuse/requests/abuse.js';
import { bodies } from '../abuse/requests/bodies.js';
import { bombs } from '../abuse/requests/bombs.js';
import { dribble, partialRequests } from '../abuse/requests/dribble.js';
import { sendAbuse } from '../abuse/requests/send.js';
import { values } from '../abuse/requests/values.js';
import type { Client } from '../support/client.js';
import type { ProcessGraph } from '../support/process-graph.js';
import { checkResponse, isExplained } from './check-response.js';
import type { Latencies } from './latencies.js';
import type { RecordedOperations } from './recorded-operations.js';
import type { ActiveFaults } from './active-faults.js';

/** What the parts of a fault scenario share. */
export interface Scenario {
  readonly graph: ProcessGraph;
  readonly client: Client;
  readonly operations: RecordedOperations;
  readonly activeFaults: ActiveFaults;
  readonly latencies: Latencies;
  readonly random: Random;
  /** Reports a violation. */
  readonly report: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Requests that are sent until the signal is aborted. */
export interface Traffic {
  readonly requests: () => number;
  readonly rejections: () => number;
  /** Settles after the last response. */
  readonly over: Promise<unknown>;
}

/** The numbers of concurrent abusers, and connections that are kept open by sending slowly. */
const concurrency = { abusers: 2, dribblers: 4 } as const;
/** Abuse is switched on and off, so that latencies with and without it can be compared. */
const abuseIntervalMs = 5_000;

/** Starts ordinary clients, which send requests all the time, and abusers, which are active half of the time. */
export function startTraffic(scenario: Scenario, clients: number): Traffic {
  const { signal } = scenario;
  const count = { requests: 0, rejections: 0 };
  const abuse = { isOn: false };
  const repeat = async (work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) await work();
  };
  const several = (number: number, work: () => Promise<void>): Promise<void>[] =>
    Array.from({ length: number }, () => repeat(work));

  const agent = new Agent({ connections: concurrency.abusers });
  const loops = [
    repeat(async () => {
      await wait(abuseIntervalMs, undefined, { signal }).catch(() => undefined);
      abuse.isOn = !abuse.isOn;
    }),
    ...several(clients, async () => {
      await sendOrdinaryRequest(scenario, abuse.isOn);
      count.requests += 1;
    }),
    ...several(concurrency.abusers, async () => {
      if (!abuse.isOn) return wait(100);
      await sendRandomAbuse(scenario, agent);
      count.requests += 1;
      count.rejections += 1;
    }),
    ...several(concurrency.dribblers, () => keepConnection(scenario)),
  ];
  const untilOver = async (): Promise<void> => {
    try {
      await Promise.all(loops);
    } finally {
      await agent.destroy();
    }
  };
  return { requests: () => count.requests, rejections: () => count.rejections, over: untilOver() };
}

async function sendOrdinaryRequest(
  { client, operations, activeFaults, latencies, graph, report }: Scenario,
  isUnderAbuse: boolean,
): Promise<void> {
  const { request, whole } = operations.next();
  const began = performance.now();
  const hadAnyFault = activeFaults.isAny();
  try {
    const response = await client.query(request);
    latencies.add({ hasFault: hadAnyFault || activeFaults.isAny(), isUnderAbuse }, performance.now() - began);
    const hadFault = (service: string): boolean => activeFaults.since(service, began);
    const { query, variables } = request;
    for (const problem of checkResponse(response, { whole, hadFault, secrets: graph.secrets })) {
      report(
        `${problem}, in the response to ${query.replaceAll(/\s+/g, ' ').slice(0, 80)} ${JSON.stringify(variables ?? {}).slice(0, 100)}`,
      );
    }
  } catch (error) {
    report(`the gateway did not respond: ${String(error)}`);
    // A pause, in case the gateway is down.
    await wait(100);
  }
}

const [firstBomb, ...others] = [...bombs, ...values, ...bodies];

async function sendRandomAbuse({ graph, random, activeFaults, report }: Scenario, agent: Agent): Promise<void> {
  if (!firstBomb) return;
  const abuse: Abuse = random.pick([firstBomb, ...others]);
  const began = performance.now();
  try {
    const { response, text: _text, ...rejection } = await sendAbuse(graph.origin, abuse, agent);
    if ([abuse.rejection, abuse.alternative].some((expected) => isDeepStrictEqual(rejection, expected))) return;
    const hadFault = (service: string): boolean => activeFaults.since(service, began);
    if (response.errors?.every((error) => isExplained(error, hadFault))) return;
    report(`${abuse.name} is rejected with ${JSON.stringify(rejection)}`);
  } catch (error) {
    report(`${abuse.name} is not rejected: ${String(error)}`);
    await wait(100);
  }
}

async function keepConnection({ graph, random, report, signal }: Scenario): Promise<void> {
  const received = await dribble(
    graph.gateway.port,
    random.pick([partialRequests.headers, partialRequests.body]),
    signal,
  );
  if (!signal.aborted && !received.startsWith('HTTP/1.1 408 ')) {
    report(`a client that sends slowly receives: ${received.slice(0, 80)}`);
    await wait(100);
  }
}
