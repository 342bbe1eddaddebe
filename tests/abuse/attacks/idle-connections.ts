import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { atStrength, type Attack } from '../attack.js';
import { holdSockets } from '../hold-sockets.js';
import { partialRequests } from '../requests/dribble.js';

const fullSockets = 500;
/** How long a connection stays open that is closed without a request. */
const openMs = 10;

/** Sockets that send the beginning of their headers, and never the end. */
const slowHeaders: Attack = {
  name: `${fullSockets} requests whose headers do not end`,
  play: (field) => holdSockets(field, fullSockets, (socket) => socket.resume().write(partialRequests.headers)),
};

const briefConnections: Attack = {
  name: '40 clients that connect and disconnect without a request',
  play: async (field) => {
    const { graph, signal } = field;
    const reconnect = async (): Promise<void> => {
      while (!signal.aborted) {
        const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' }).on('error', () => undefined);
        await wait(openMs, undefined, { signal }).catch(() => undefined);
        socket.destroy();
      }
    };
    await Promise.all(Array.from({ length: atStrength(40, field) }, reconnect));
  },
};

/** Connections on which no request comes. */
export const idleConnections: readonly Attack[] = [slowHeaders, briefConnections];
