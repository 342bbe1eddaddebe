import type { ScenarioId } from '../arguments.js';
import type { Graph } from '../graph.js';
import type { Run } from '../run.js';
import type { Report } from '../table.js';
import { readCodes } from './identifiers.js';
import { compare } from './compare.js';
import { startCandidate, startCandidates, stopCandidates } from './candidates.js';
import { measureCandidates } from './measure.js';
import { peakMemory } from './memory.js';
import { apollo, bareServer } from './gateway-list.js';
import { type Replay, startReplay } from './replay.js';
import { profile } from './profile.js';
import { reportOf, type Result } from './report.js';
import { createScenarios, type Scenario } from './scenarios.js';

export interface GatewaysOptions {
  /** How often each gateway has its turn; each time for the seconds of the run. */
  readonly rounds: number;
  readonly scenarioIds: readonly ScenarioId[];
  /** Whether subgraphs answer each time, and not from memory what was asked before. */
  readonly live: boolean;
}

/** Our gateway beside others, over the same subgraphs. Gives each report as soon as it is there. */
export async function* measureGateways(
  graph: Graph,
  run: Run,
  { rounds, scenarioIds: letters, live }: GatewaysOptions,
): AsyncGenerator<Report> {
  const replay = await startReplay(graph, live);
  try {
    for (const scenario of createScenarios(await readCodes(graph))) {
      const say = (text: string): void => {
        run.log(`(${scenario.letter}) ${text}`);
      };
      if (letters.includes(scenario.letter))
        yield await measureScenario(scenario, rounds, replay, { ...run, log: say });
    }
  } finally {
    await replay.stop();
  }
}

async function measureScenario(scenario: Scenario, rounds: number, replay: Replay, run: Run): Promise<Report> {
  const results = await measurePeers(scenario, rounds, replay, run);
  run.log('looking where ours spends its time …');
  const [ours = apollo] = scenario.peers;
  return reportOf(scenario, results, await profile(ours, scenario, replay, run.seconds * 1000, run.signal));
}

async function measurePeers(scenario: Scenario, rounds: number, replay: Replay, run: Run): Promise<readonly Result[]> {
  run.log(`starting ${scenario.peers.length} gateways, each in a process of its own …`);
  const contestants = await startCandidates(scenario, replay, run.signal);
  try {
    run.log('comparing their answers …');
    await compare(contestants, apollo, scenario.requests, run.signal);
    const [first] = contestants;
    if (scenario.besideBareServer && first) {
      contestants.push(await startCandidate(bareServer(await first.ask(0)), scenario, replay, run.signal));
    }
    const slices = await measureCandidates(contestants, { rounds, slice: run.seconds * 1000 }, replay, run);
    return contestants.map((contestant) => ({
      peer: contestant.peer,
      slices: slices.get(contestant) ?? [],
      memory: peakMemory(contestant.processId),
    }));
  } finally {
    run.log('stopping them …');
    await stopCandidates(contestants);
  }
}
