import { setTimeout as wait } from 'node:timers/promises';

import { countries, europe } from '../../schema/values/countries.js';
import { createRandom } from '../../services/kit/testing/random.js';
import { openClient } from '../support/client.js';
import { startProcessGraph } from '../support/process-graph.js';
import { quietPort } from '../support/free-port.js';
import { checkAnswer } from './check-response.js';
import { disturbances } from './inject-faults.js';
import { createLatencies } from './latencies.js';
import { recordQuestions } from './recorded-operations.js';
import { createSupergraphFile, type SupergraphFile } from './supergraph-file.js';
import { startTraffic, type Stage, type Traffic } from './traffic.js';
import { createActiveFaults } from './active-faults.js';
import { type Vitals, watch } from './monitor.js';

export interface FaultOptions {
  /** How many requests at least, in as many rounds of faults as that takes. */
  readonly requests: number;
  /** How long at most. */
  readonly minutes: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Says what is going on. */
  readonly say: (text: string) => void;
}

/** What came of it. */
export interface FaultReport {
  readonly requests: number;
  readonly refusals: number;
  readonly disturbances: number;
  /** How often every disturbance had its turn. */
  readonly rounds: number;
  readonly seconds: number;
  readonly latencies: readonly (readonly string[])[];
  /** The gateway's, from the beginning to the end. */
  readonly vitals: Vitals;
  readonly logLines: number;
  /** What should not have been, and how often it was. */
  readonly violations: ReadonlyMap<string, number>;
}

const names: readonly string[] = [...countries, europe].map(({ folder }) => folder);
/** By when everything is whole again after the last fault. */
const patience = 60_000;

/** Asks the gateway and abuses it while everything behind it has every fault, and checks every answer. */
export async function runFaultScenario(options: FaultOptions): Promise<FaultReport> {
  const supergraph = await createSupergraphFile();
  try {
    return await play(options, supergraph);
  } finally {
    await supergraph.remove();
  }
}

async function play(options: FaultOptions, supergraph: SupergraphFile): Promise<FaultReport> {
  const { seed, signal, say } = options;
  say('starting three countries, Europe and the gateway …');
  const inspector = await quietPort();
  const graph = await startProcessGraph({
    faulty: names,
    gateway: {
      SUBGRAPH_TIMEOUT_MS: '3000',
      SUPERGRAPH: supergraph.path,
      NODE_OPTIONS: `--inspect=127.0.0.1:${inspector}`,
    },
    signal,
  });
  const client = openClient(graph.origin, 20);
  const violations = new Map<string, number>();
  const over = new AbortController();
  try {
    const questions = await recordQuestions(client, createRandom(seed));
    say(`recorded the answers to ${questions.all.length} questions`);
    const stage: Stage = {
      graph,
      client,
      questions,
      troubles: createActiveFaults(),
      latencies: createLatencies(),
      random: createRandom(seed + 1),
      violation: (text) => {
        if (!violations.has(text)) say(`WRONG: ${text}`);
        violations.set(text, (violations.get(text) ?? 0) + 1);
      },
      signal: AbortSignal.any([signal, over.signal]),
    };
    const began = performance.now();
    const linesBefore = graph.gateway.lines();
    const timeIsUp = setTimeout(() => {
      over.abort();
    }, options.minutes * 60_000);
    const traffic = startTraffic(stage);
    const vitals = await watch(stage, inspector, traffic, say);
    const played = await injectFaults(options, stage, supergraph, traffic);
    clearTimeout(timeIsUp);
    over.abort();
    await traffic.over;
    const seconds = (performance.now() - began) / 1000;
    signal.throwIfAborted();
    say('asking everything once more …');
    await checkOnceMore(stage);
    for (const problem of checkLog(graph.gateway.faults(), supergraph.breaks())) stage.violation(problem);
    return {
      ...played,
      requests: traffic.requests(),
      refusals: traffic.refusals(),
      seconds,
      latencies: stage.latencies.rows(),
      vitals: vitals(),
      logLines: graph.gateway.lines() - linesBefore,
      violations,
    };
  } finally {
    over.abort();
    await client.close();
    await graph.stop();
  }
}

/** The log tells of every broken supergraph, and has no other error. */
function checkLog(faults: readonly string[], breaks: number): string[] {
  const refusals = faults.filter((fault) => fault.includes('the new supergraph cannot be used'));
  const others = faults.filter((fault) => !refusals.includes(fault)).map((fault) => `the log has an error: ${fault}`);
  if (refusals.length === breaks) return others;
  return [...others, `the log has ${refusals.length} refusals of a supergraph, and ${breaks} were broken`];
}

/** One disturbance after the other, all of them, and from the beginning, until there were enough requests; at least one. */
async function injectFaults(
  { requests, seed, say }: FaultOptions,
  stage: Stage,
  supergraph: SupergraphFile,
  traffic: Traffic,
): Promise<{ readonly disturbances: number; readonly rounds: number }> {
  const random = createRandom(seed + 2);
  const isOver = (): boolean => stage.signal.aborted;
  let played = 0;
  let rounds = 0;
  for (; traffic.requests() < requests; rounds += 1) {
    for (const { name, play: begin } of disturbances(stage, supergraph, random)) {
      if (played > 0 && isOver()) return { disturbances: played, rounds };
      say(name);
      await begin();
      played += 1;
    }
  }
  return { disturbances: played, rounds };
}

/** Nothing is wrong any more, and everything has to be whole. */
async function checkOnceMore({ client, questions, graph, violation }: Stage): Promise<void> {
  const deadline = performance.now() + patience;
  for (const { question, whole } of questions.all) {
    for (;;) {
      const answer = await client.ask(question);
      const problems = checkAnswer(answer, { whole, wasInTrouble: () => false, secrets: graph.secrets });
      if (problems.length === 0) break;
      if (performance.now() > deadline) {
        for (const problem of problems) violation(`when all is over: ${problem}`);
        break;
      }
      await wait(200);
    }
  }
}
