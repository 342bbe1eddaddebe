import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { addresses, atStrength, type Attack } from '../attack.js';
import { slowOperation } from './clients.js';

const full = { sockets: 40, pipelined: 5 } as const;

/** How long a client waits for what it requested. */
const waitMs = 20;

const writeRequest = (turn: number): string => {
  const variables = JSON.stringify({ id: `zz:administration:${turn}` });
  const search = new URLSearchParams({ query: slowOperation(turn), variables }).toString();
  return `GET /graphql?${search} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${addresses.attacker()}\r\n\r\n`;
};

/** Clients that request slow operations, several over one connection, and disconnect at once. */
export const abandonedRequests: Attack = {
  name: `${full.sockets} clients that disconnect from ${full.pipelined} slow operations each`,
  play: async (field) => {
    const { graph, signal } = field;
    let turns = 0;
    const abandon = async (): Promise<void> => {
      while (!signal.aborted) {
        const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' });
        socket.on('error', () => undefined);
        for (let count = 0; count < full.pipelined; count += 1) socket.write(writeRequest((turns += 1)));
        await wait(waitMs, undefined, { signal }).catch(() => undefined);
        socket.destroy();
      }
    };
    await Promise.all(Array.from({ length: atStrength(full.sockets, field) }, abandon));
  },
};
