import { openDoor } from '../http-client.js';
import type { Way } from '../rounds.js';
import type { Peer } from './gateway-list.js';
import type { Replay } from './replay.js';
import type { Scenario } from './scenarios.js';
import { startPeer } from './start-gateway.js';

/** How many requests are under way at once: as many as a few busy applications have. */
export const connections = 16;

/** A gateway that was started, and is asked what the scenario asks. */
export interface Contestant extends Way {
  readonly peer: Peer;
  readonly processId: number;
  /** The answer to the nth request; after the last comes the first again. */
  readonly ask: (turn: number) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a gateway. */
export async function startContestant(
  peer: Peer,
  { query, variables, requests }: Scenario,
  replay: Replay,
  signal: AbortSignal,
): Promise<Contestant> {
  const { url, processId, stop } = await startPeer(
    { ...peer, variables: { ...replay.variables, ...peer.variables } },
    signal,
  );
  const door = openDoor(url, connections);
  return {
    name: peer.name,
    peer,
    processId,
    ask: (turn) => door.ask(query, variables(turn % requests)),
    stop: async () => {
      await door.close();
      await stop();
    },
  };
}

/** Starts all of them, or none: when one fails the others are stopped. */
export async function startContestants(scenario: Scenario, replay: Replay, signal: AbortSignal): Promise<Contestant[]> {
  const outcomes = await Promise.allSettled(
    scenario.peers.map((peer) => startContestant(peer, scenario, replay, signal)),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return started;
  await stopContestants(started);
  throw failed.reason;
}

export const stopContestants = async (contestants: readonly Contestant[]): Promise<void> => {
  await Promise.all(contestants.map(({ stop }) => stop()));
};
