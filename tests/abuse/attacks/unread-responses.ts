import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

import { addresses, atStrength, type Attack } from '../attack.js';

const full = { sockets: 300, pipelined: 3 } as const;

/** A list whose response has some megabytes, and is in the response cache after the first request. */
const query = `{ italy { administrations(first: 200) { nodes {
  id name identifiers { scheme notation } memberships { id role consortium { id name homepage members(first: 3) { totalCount } } }
} } } }`;

const request = [
  `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1`,
  'Host: localhost',
  'Apollo-Require-Preflight: true',
  `X-Forwarded-For: ${addresses.attacker()}`,
  '',
  '',
].join('\r\n');

/** Sockets that request a large cached response several times and do not read it. */
export const unreadResponses: Attack = {
  name: `${full.sockets} sockets that do not read ${full.pipelined} large cached responses each`,
  play: async (field) => {
    const { graph, signal } = field;
    const sockets = new Set<Socket>();
    while (!signal.aborted) {
      for (let count = sockets.size; count < atStrength(full.sockets, field); count += 1) {
        const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' }).pause();
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => sockets.delete(socket));
        socket.write(request.repeat(full.pipelined));
      }
      await once(AbortSignal.any([signal, AbortSignal.timeout(500)]), 'abort');
    }
    for (const socket of sockets) socket.destroy();
  },
};
