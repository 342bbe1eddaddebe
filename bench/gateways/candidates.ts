import { openGraphQLClient } from '../http-client.js';
import type { Variant } from '../rounds.js';
import type { Gateway } from './gateway-list.js';
import type { Replay } from './replay.js';
import type { Scenario } from './scenarios.js';
import { startGatewayProcess } from './start-gateway.js';

/** How many requests are under way at once: as many as a few busy applications have. */
export const connections = 16;

/** A gateway that was started, and is asked what the scenario asks. */
export interface Candidate extends Variant {
  readonly peer: Gateway;
  readonly processId: number;
  /** The answer to the nth request; after the last comes the first again. */
  readonly ask: (turn: number) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a gateway. */
export async function startCandidate(
  peer: Gateway,
  { query, variables, requests }: Scenario,
  replay: Replay,
  signal: AbortSignal,
): Promise<Candidate> {
  const { url, processId, stop } = await startGatewayProcess(
    { ...peer, variables: { ...replay.variables, ...peer.variables } },
    signal,
  );
  const door = openGraphQLClient(url, connections);
  return {
    name: peer.name,
    peer,
    processId,
    ask: (turn) => door.query(query, variables(turn % requests)),
    stop: async () => {
      await door.close();
      await stop();
    },
  };
}

/** Starts all of them, or none: when one fails the others are stopped. */
export async function startCandidates(scenario: Scenario, replay: Replay, signal: AbortSignal): Promise<Candidate[]> {
  const outcomes = await Promise.allSettled(
    scenario.peers.map((peer) => startCandidate(peer, scenario, replay, signal)),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return started;
  await stopCandidates(started);
  throw failed.reason;
}

export const stopCandidates = async (contestants: readonly Candidate[]): Promise<void> => {
  await Promise.all(contestants.map(({ stop }) => stop()));
};
