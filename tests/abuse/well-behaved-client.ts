import { setTimeout as wait } from 'node:timers/promises';

import { type GraphQLRequest, type GraphQLResponse, openClient } from '../support/client.js';
import { checkResponse } from '../soak/check-response.js';
import { addresses } from './attack.js';

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

/** A request is sent every so many milliseconds: not a part of a second, so that what happens each second does not meet the same kind. */
const intervalMs = 37;
/** As many clients take turns: each follows the limits by far, also while requests have to wait for a country. */
const clientCount = 9;
/** Of each of them: more than it has requests in flight while a country does not respond. */
const maxConnections = 20;

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

/** Clients that send requests at a fixed rate, whether or not there was a response to those before, and check every response. */
export interface WellBehavedClient {
  /**
   * Sends requests until the signal is aborted, and waits for the responses. A latency begins when the request was due: what delays
   * one request delays none of the others, and is not missed because they were sent later.
   *
   * @param controlled the services whose rows may be missing or stale
   */
  readonly observe: (signal: AbortSignal, controlled?: readonly string[]) => Promise<Observations>;
  readonly close: () => Promise<void>;
}

/** @param secrets what no response may contain */
export async function openWellBehavedClient(origin: string, secrets: readonly string[]): Promise<WellBehavedClient> {
  const clients = Array.from({ length: clientCount }, (_, index) =>
    openClient(origin, maxConnections, { 'x-forwarded-for': addresses.wellBehaved(index) }),
  );
  const query = (kind: RequestKind, turn: number): Promise<GraphQLResponse> => {
    const client = clients[turn % clientCount];
    if (!client) throw new Error('The client is missing.');
    return client.query(createRequest(kind, turn));
  };
  let turn = 0;
  const wholes = new Map<RequestKind, unknown>();
  for (const kind of requestKinds) {
    const { data, errors } = await query(kind, (turn += 1));
    if (!data || errors) throw new Error(`A response has errors before any attack: ${JSON.stringify(errors)}`);
    wholes.set(kind, normalise(data));
  }
  return {
    observe: async (signal, controlled = []) => {
      const { latencies, problems } = noObservations();
      const report = (problem: string): void => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
      const hadFault = (service: string): boolean => controlled.includes(service);
      const send = async (kind: RequestKind, dueAt: number): Promise<void> => {
        try {
          const response = await query(kind, (turn += 1));
          latencies[kind].push(performance.now() - dueAt);
          const whole = wholes.get(kind);
          const normalised = { ...response, data: normalise(response.data ?? null) as Record<string, unknown> | null };
          for (const problem of checkResponse(normalised, { whole, hadFault, secrets })) report(`${kind}: ${problem}`);
        } catch (error) {
          report(`${kind}: no response: ${String(error)}`);
        }
      };
      const sent: Promise<void>[] = [];
      for (let dueAt = performance.now(); !signal.aborted; dueAt += intervalMs) {
        sent.push(send(requestKinds[sent.length % requestKinds.length] ?? 'cached', dueAt));
        await wait(Math.max(0, dueAt + intervalMs - performance.now()), undefined, { signal }).catch(() => undefined);
      }
      await Promise.all(sent);
      return { latencies, problems };
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
