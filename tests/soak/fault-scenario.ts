import { setTimeout as wait } from 'node:timers/promises';

import { countries, europe } from '../../schema/values/countries.js';
import { createRandom } from '../../services/kit/testing/random.js';
import { openClient } from '../support/client.js';
import { createLinkedController } from '../support/linked-controller.js';
import { withNodeOptions } from '../support/node-options.js';
import { startProcessGraph } from '../support/process-graph.js';
import type { TableLength } from '../support/subgraphs.js';
import { reservePort } from '../support/free-port.js';
import { checkResponse } from './check-response.js';
import { disturbances } from './inject-faults.js';
import { createLatencies } from './latencies.js';
import { recordOperations } from './recorded-operations.js';
import { createSupergraphFile, type SupergraphFile } from './supergraph-file.js';
import { startTraffic, type Scenario, type Traffic } from './traffic.js';
import { createActiveFaults } from './active-faults.js';
import { type ProcessSamples, watch } from './monitor.js';

export interface FaultOptions {
  /** The minimum number of requests; the rounds of faults are repeated until it is reached. */
  readonly requests: number;
  /** The maximum duration. */
  readonly minutes: number;
  readonly seed: number;
  readonly tables: TableLength;
  /** The number of concurrent clients. */
  readonly clients: number;
  /** Without a fault, every response of a subgraph comes within this time. */
  readonly subgraphTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

/** The result of a fault scenario. */
export interface FaultReport {
  readonly requests: number;
  readonly rejections: number;
  readonly disturbances: number;
  /** The number of times that every disturbance was played. */
  readonly rounds: number;
  readonly seconds: number;
  readonly latencies: readonly (readonly string[])[];
  /** Samples of the gateway's process, from the beginning to the end. */
  readonly processSamples: ProcessSamples;
  readonly logLines: number;
  /** The violations, with the number of times that each occurred. */
  readonly violations: ReadonlyMap<string, number>;
}

const names: readonly string[] = [...countries, europe].map(({ folder }) => folder);
/** The time in which all responses must be whole again after the last fault. */
const recoveryTimeoutMs = 60_000;

/** Sends requests and abuse to the gateway while every subgraph has every fault, and checks every response. */
export async function runFaultScenario(options: FaultOptions): Promise<FaultReport> {
  const supergraph = await createSupergraphFile();
  try {
    return await play(options, supergraph);
  } finally {
    await supergraph.remove();
  }
}

async function play(options: FaultOptions, supergraph: SupergraphFile): Promise<FaultReport> {
  const { seed, tables, clients, subgraphTimeoutMs, signal, log } = options;
  log('starting three countries, Europe and the gateway …');
  const inspector = await reservePort();
  const graph = await startProcessGraph({
    tables,
    proxied: names,
    gateway: {
      SUBGRAPH_TIMEOUT_MS: String(subgraphTimeoutMs),
      SUPERGRAPH: supergraph.path,
      NODE_OPTIONS: withNodeOptions(`--inspect=127.0.0.1:${inspector}`),
    },
    signal,
  });
  const client = openClient(graph.origin, 20);
  const violations = new Map<string, number>();
  const over = createLinkedController(signal);
  try {
    const operations = await recordOperations(client, createRandom(seed));
    log(`recorded the responses to ${operations.all.length} requests`);
    const scenario: Scenario = {
      graph,
      client,
      operations,
      activeFaults: createActiveFaults(),
      latencies: createLatencies(),
      random: createRandom(seed + 1),
      report: (text) => {
        if (!violations.has(text)) log(`VIOLATION: ${text}`);
        violations.set(text, (violations.get(text) ?? 0) + 1);
      },
      signal: over.signal,
    };
    const began = performance.now();
    const linesBefore = graph.gateway.lineCount();
    const timer = setTimeout(() => {
      over.abort();
    }, options.minutes * 60_000);
    const traffic = startTraffic(scenario, clients);
    const processSamples = await watch(scenario, inspector, traffic, log);
    const played = await injectFaults(options, scenario, supergraph, traffic);
    clearTimeout(timer);
    over.abort();
    await traffic.over;
    const seconds = (performance.now() - began) / 1000;
    signal.throwIfAborted();
    log('sending every request once more …');
    await checkRecovery(scenario);
    for (const problem of checkLog(graph.gateway.loggedErrors(), supergraph.breaks())) scenario.report(problem);
    return {
      ...played,
      requests: traffic.requests(),
      rejections: traffic.rejections(),
      seconds,
      latencies: scenario.latencies.rows(),
      processSamples: processSamples(),
      logLines: graph.gateway.lineCount() - linesBefore,
      violations,
    };
  } finally {
    over.abort();
    await client.close();
    await graph.stop();
  }
}

/** Checks that the log has an error for every broken supergraph, and no other. */
function checkLog(errors: readonly string[], breaks: number): string[] {
  const rejections = errors.filter((error) => error.includes('the new supergraph cannot be used'));
  const others = errors.filter((error) => !rejections.includes(error)).map((error) => `the log has an error: ${error}`);
  if (rejections.length === breaks) return others;
  return [...others, `the log has ${rejections.length} rejected supergraphs, and ${breaks} were broken`];
}

/** Plays all disturbances, one after the other and repeatedly, until there were enough requests; at least one. */
async function injectFaults(
  { requests, seed, log }: FaultOptions,
  scenario: Scenario,
  supergraph: SupergraphFile,
  traffic: Traffic,
): Promise<{ readonly disturbances: number; readonly rounds: number }> {
  const random = createRandom(seed + 2);
  const isOver = (): boolean => scenario.signal.aborted;
  let played = 0;
  let rounds = 0;
  for (; traffic.requests() < requests; rounds += 1) {
    for (const { name, play: begin } of disturbances(scenario, supergraph, random)) {
      if (played > 0 && isOver()) return { disturbances: played, rounds };
      log(name);
      await begin();
      played += 1;
    }
  }
  return { disturbances: played, rounds };
}

/** Checks that all responses are whole after the last fault. */
async function checkRecovery({ client, operations, graph, report }: Scenario): Promise<void> {
  const deadline = performance.now() + recoveryTimeoutMs;
  for (const { request, whole } of operations.all) {
    for (;;) {
      const response = await client.query(request);
      const problems = checkResponse(response, { whole, hadFault: () => false, secrets: graph.secrets });
      if (problems.length === 0) break;
      if (performance.now() > deadline) {
        for (const problem of problems) report(`after the last fault: ${problem}`);
        break;
      }
      await wait(200);
    }
  }
}
