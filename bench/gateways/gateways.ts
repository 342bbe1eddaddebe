import type { ScenarioId } from '../arguments.js';
import type { Graph } from '../graph.js';
import type { Run } from '../run.js';
import type { Report } from '../table.js';
import { readCodes } from './identifiers.js';
import { compare } from './compare.js';
import { type Candidate, startCandidate, startCandidates, stopCandidates } from './candidates.js';
import { measureCandidates } from './measure.js';
import { recordFetches } from './record-fetches.js';
import { peakMemory } from './memory.js';
import { apollo, bareGateway, bareServer } from './gateway-list.js';
import { type Replay, startReplay } from './replay.js';
import { profile } from './profile.js';
import { createReport, type Result } from './report.js';
import { createScenarios, type Scenario } from './scenarios.js';

export interface GatewaysOptions {
  /** The number of rounds; each gateway has the seconds of the run in each. */
  readonly rounds: number;
  readonly scenarioIds: readonly ScenarioId[];
  /** Whether subgraphs execute each request, instead of recorded responses being replayed. */
  readonly live: boolean;
  /** The names of gateways that are left out. Default: none. */
  readonly leftOut?: readonly string[];
}

/** Measures our gateway beside others, over the same subgraphs. Yields each report as soon as it is complete. */
export async function* measureGateways(
  graph: Graph,
  run: Run,
  { rounds, scenarioIds, live, leftOut = [] }: GatewaysOptions,
): AsyncGenerator<Report> {
  const replay = await startReplay(graph, live);
  try {
    for (const scenario of createScenarios(await readCodes(graph))) {
      const log = (text: string): void => {
        run.log(`(${scenario.id}) ${text}`);
      };
      const measured = { ...scenario, gateways: scenario.gateways.filter(({ name }) => !leftOut.includes(name)) };
      if (scenarioIds.includes(scenario.id)) yield await measureScenario(measured, rounds, replay, { ...run, log });
    }
  } finally {
    await replay.stop();
  }
}

async function measureScenario(scenario: Scenario, rounds: number, replay: Replay, run: Run): Promise<Report> {
  const results = await measureAll(scenario, rounds, replay, run);
  run.log('profiling our gateway …');
  const [ours = apollo] = scenario.gateways;
  return createReport(scenario, results, await profile(ours, scenario, replay, run.seconds * 1000, run.signal));
}

async function measureAll(scenario: Scenario, rounds: number, replay: Replay, run: Run): Promise<readonly Result[]> {
  run.log(`starting ${scenario.gateways.length} gateways, each in its own process …`);
  const candidates = await startCandidates(scenario, replay, run.signal);
  try {
    run.log('comparing their responses …');
    await compare(candidates, apollo, scenario.requests, run.signal);
    const [first] = candidates;
    if (first) candidates.push(await startBare(first, scenario, replay, run.signal));
    const slices = await measureCandidates(candidates, { rounds, sliceMs: run.seconds * 1000 }, replay, run);
    return candidates.map((candidate) => ({
      gateway: candidate.gateway,
      slices: slices.get(candidate) ?? [],
      memory: peakMemory(candidate.processId),
    }));
  } finally {
    run.log('stopping them …');
    await stopCandidates(candidates);
  }
}

async function startBare(
  first: Candidate,
  scenario: Scenario,
  replay: Replay,
  signal: AbortSignal,
): Promise<Candidate> {
  if (scenario.beside === 'bare server')
    return startCandidate(bareServer(await first.execute(0)), scenario, replay, signal);
  const recording = await recordFetches(first, scenario, replay);
  try {
    return await startCandidate(bareGateway(recording.file), scenario, replay, signal);
  } finally {
    // It has read the file.
    recording.remove();
  }
}
