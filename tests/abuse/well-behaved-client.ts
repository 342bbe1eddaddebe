import { setTimeout as wait } from 'node:timers/promises';

import type { Client, GraphQLRequest } from '../support/client.js';
import { checkResponse } from '../soak/check-response.js';

/** How a response is made: from the response cache, by executing a known operation, or by planning a new one. */
export const requestKinds = ['cached', 'executed', 'planned'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What the client observed: latencies in milliseconds by kind, and each problem with the number of times that it occurred. */
export interface Observations {
  readonly latencies: Readonly<Record<RequestKind, number[]>>;
  readonly problems: Map<string, number>;
}

/** Before the first request. */
export const noObservations = (): Observations => ({
  latencies: { cached: [], executed: [], planned: [] },
  problems: new Map(),
});

/** The pause between two requests: a client that follows the limits by far. */
const pauseMs = 40;

const list = 'consortia(first: 3) { nodes { id name } }';
const ids = ['dk:administration:0820', 'be:administration:25110', 'it:administration:062008'];

/** A request of a kind; `turn` makes it one that was not sent before. */
function createRequest(kind: RequestKind, turn: number): GraphQLRequest {
  switch (kind) {
    case 'cached':
      return { query: `{ catalogues { country title ${list} } }` };
    case 'executed':
      return {
        query: `query ($ids: [ID!]) { organisations(ids: $ids) { id name } denmark { ${list} } italy { ${list} } belgium { ${list} } }`,
        variables: { ids: [...ids, `zz:administration:${turn}`] },
      };
    case 'planned':
      return { query: `query Turn${turn} { organisations(ids: ${JSON.stringify(ids)}) { id turn${turn}: name } }` };
  }
}

/** A response's data without what differs by turn. */
const normalise = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data).replaceAll(/"turn\d+":/g, '"turn":')) as unknown;

/** A client that sends a few requests per second, one after the other, and checks every response. */
export interface WellBehavedClient {
  /**
   * Sends requests until the signal is aborted.
   *
   * @param controlled the services whose rows may be missing or stale
   */
  readonly observe: (signal: AbortSignal, controlled?: readonly string[]) => Promise<Observations>;
}

/** @param secrets what no response may contain */
export async function createWellBehavedClient(client: Client, secrets: readonly string[]): Promise<WellBehavedClient> {
  let turn = 0;
  const wholes = new Map<RequestKind, unknown>();
  for (const kind of requestKinds) {
    const { data, errors } = await client.query(createRequest(kind, (turn += 1)));
    if (!data || errors) throw new Error(`A response has errors before any attack: ${JSON.stringify(errors)}`);
    wholes.set(kind, normalise(data));
  }
  return {
    observe: async (signal, controlled = []) => {
      const { latencies, problems } = noObservations();
      const report = (problem: string): void => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
      while (!signal.aborted) {
        const kind = requestKinds[(turn += 1) % requestKinds.length] ?? 'cached';
        const began = performance.now();
        try {
          const response = await client.query(createRequest(kind, turn));
          latencies[kind].push(performance.now() - began);
          const whole = wholes.get(kind);
          const normalised = { ...response, data: normalise(response.data ?? null) as Record<string, unknown> | null };
          const hadFault = (service: string): boolean => controlled.includes(service);
          for (const problem of checkResponse(normalised, { whole, hadFault, secrets })) report(`${kind}: ${problem}`);
        } catch (error) {
          report(`${kind}: no response: ${String(error)}`);
        }
        await wait(pauseMs, undefined, { signal }).catch(() => undefined);
      }
      return { latencies, problems };
    },
  };
}
