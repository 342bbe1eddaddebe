import { openGraphQLClient } from '../http-client.js';
import type { Variant } from '../rounds.js';
import type { Gateway } from './gateway-list.js';
import type { Replay } from './replay.js';
import type { Scenario } from './scenarios.js';
import { startGatewayProcess } from './start-gateway.js';

/** The number of concurrent requests: as many as a few busy applications send. */
export const connections = 16;

/** A running gateway that receives the requests of a scenario. */
export interface Candidate extends Variant {
  readonly gateway: Gateway;
  readonly processId: number;
  /** The response to the nth request; the first request follows the last. */
  readonly execute: (turn: number) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a gateway. */
export async function startCandidate(
  gateway: Gateway,
  { query, variables, requests }: Scenario,
  replay: Replay,
  signal: AbortSignal,
): Promise<Candidate> {
  const { url, processId, stop } = await startGatewayProcess(
    { ...gateway, variables: { ...replay.variables, ...gateway.variables } },
    signal,
  );
  const client = openGraphQLClient(url, connections);
  return {
    name: gateway.name,
    gateway,
    processId,
    execute: (turn) => client.query(query, variables(turn % requests)),
    stop: async () => {
      await client.close();
      await stop();
    },
  };
}

/** Starts all gateways of a scenario. If one fails to start, the others are stopped. */
export async function startCandidates(scenario: Scenario, replay: Replay, signal: AbortSignal): Promise<Candidate[]> {
  const outcomes = await Promise.allSettled(
    scenario.gateways.map((gateway) => startCandidate(gateway, scenario, replay, signal)),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status !== 'rejected') return started;
  await stopCandidates(started);
  throw failed.reason;
}

export const stopCandidates = async (candidates: readonly Candidate[]): Promise<void> => {
  await Promise.all(candidates.map(({ stop }) => stop()));
};
