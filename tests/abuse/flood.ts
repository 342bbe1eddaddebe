import { setTimeout as wait } from 'node:timers/promises';

import { Pool } from 'undici';

import { addresses, atStrength, type Attack, type Battlefield } from './attack.js';

/** A request of an attacker: a GraphQL request, or any other. */
export interface HostileRequest {
  /** Default: POST. */
  readonly method?: 'GET' | 'OPTIONS';
  /** Default: that of the endpoint. */
  readonly path?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FloodOptions {
  /** The number of requests at a time. */
  readonly concurrency: number;
  /** The service to which they are sent: the portal, or a country, at its own endpoint. Default: to the gateway. */
  readonly service?: string;
  /** The number of addresses from which the requests come. Default: 1. */
  readonly clients?: number;
  /** The nth request. */
  readonly request: (turn: number) => HostileRequest;
}

/** The number of responses by status; 0 stands for a connection that was closed without a response. */
export type Statuses = ReadonlyMap<number, number>;

/** The pause after a rejection: an attacker that is limited does not spend its own time on sending what is not read. */
const rejectedPauseMs = 20;

/** A GraphQL request as a body. */
export const graphqlRequest = (query: string, variables?: Readonly<Record<string, unknown>>): HostileRequest => ({
  body: JSON.stringify({ query, variables }),
});

/** Sends requests until the signal is aborted. Bodies of responses are read and discarded. */
export async function flood(
  { graph, portal, signal }: Pick<Battlefield, 'graph' | 'portal' | 'signal'>,
  { concurrency, service, clients = 1, request }: FloodOptions,
): Promise<Statuses> {
  const statuses = new Map<number, number>();
  const { port } = service === undefined ? graph.gateway : (graph.services.get(service) ?? portal);
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency });
  let turns = 0;
  const send = async (): Promise<number> => {
    const turn = (turns += 1);
    const { method = 'POST', path = '/graphql', body = null, headers } = request(turn);
    try {
      const response = await pool.request({
        path,
        method,
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': addresses.attacker(turn % clients),
          ...headers,
        },
        body,
        signal,
      });
      await response.body.dump({ limit: Infinity, signal });
      return response.statusCode;
    } catch {
      return 0;
    }
  };
  const isOver = (): boolean => signal.aborted;
  const repeat = async (): Promise<void> => {
    while (!isOver()) {
      const status = await send();
      if (isOver()) return;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 200) await wait(rejectedPauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, repeat));
  } finally {
    await pool.destroy();
  }
  return statuses;
}

/** An attack by requests. */
export const floodAttack = (name: string, full: FloodOptions): Attack => ({
  name,
  play: async (field) => {
    await flood(field, { ...full, concurrency: atStrength(full.concurrency, field) });
  },
});
