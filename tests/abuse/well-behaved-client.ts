import { setTimeout as wait } from 'node:timers/promises';

import { addresses } from './attack.js';
import {
  type ClientEndpoints,
  kindsOf,
  openOrdinaryClient,
  type OrdinaryClient,
  type RequestKind,
} from './ordinary-client.js';

/** What the client observed: latencies in milliseconds by kind, and each problem with the number of times that it occurred. */
export interface Observations {
  readonly latencies: Readonly<Record<RequestKind, number[]>>;
  readonly problems: Map<string, number>;
}

/** Before the first request. */
export const noObservations = (): Observations => ({
  latencies: { cached: [], executed: [], planned: [], page: [] },
  problems: new Map(),
});

/** A request is sent every so many milliseconds: not a part of a second, so that what happens each second does not meet the same kind. */
const intervalMs = 37;
/** As many clients take turns: each follows the limits by far, also while requests have to wait for a country. */
const clientCount = 9;

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

export async function openWellBehavedClient(endpoints: ClientEndpoints): Promise<WellBehavedClient> {
  const clients = Array.from({ length: clientCount }, (_, index) =>
    openOrdinaryClient(endpoints, addresses.wellBehaved(index)),
  );
  let turn = 0;
  const nextClient = (): OrdinaryClient => {
    const client = clients[(turn += 1) % clientCount];
    if (!client) throw new Error('The client is missing.');
    return client;
  };
  const kinds = kindsOf(endpoints);
  const wholes = new Map<RequestKind, unknown>();
  for (const kind of kinds) wholes.set(kind, (await nextClient().send(kind, turn)).requireWhole());
  return {
    observe: async (signal, controlled = []) => {
      const { latencies, problems } = noObservations();
      const report = (problem: string): void => void problems.set(problem, (problems.get(problem) ?? 0) + 1);
      const hadFault = (service: string): boolean => controlled.includes(service);
      const send = async (kind: RequestKind, dueAt: number): Promise<void> => {
        try {
          const response = await nextClient().send(kind, turn);
          latencies[kind].push(performance.now() - dueAt);
          for (const problem of response.findProblems({
            whole: wholes.get(kind),
            hadFault,
            secrets: endpoints.secrets,
          }))
            report(`${kind}: ${problem}`);
        } catch (error) {
          report(`${kind}: no response: ${String(error)}`);
        }
      };
      const sent: Promise<void>[] = [];
      for (let dueAt = performance.now(); !signal.aborted; dueAt += intervalMs) {
        sent.push(send(kinds[sent.length % kinds.length] ?? 'cached', dueAt));
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
