import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { atStrength, type Battlefield } from './attack.js';

/** How often sockets that the gateway has closed are replaced. */
const intervalMs = 500;

/**
 * Holds this many connections until the signal is aborted, and replaces those that are closed.
 *
 * @param begin is called with each new socket.
 * @param port that of the gateway by default.
 */
export async function holdSockets(
  field: Battlefield,
  full: number,
  begin: (socket: Socket) => void,
  { port }: { readonly port: number } = field.graph.gateway,
): Promise<void> {
  const { signal } = field;
  const sockets = new Set<Socket>();
  while (!signal.aborted) {
    while (sockets.size < atStrength(full, field)) {
      const socket = connect({ port, host: '127.0.0.1' });
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
      begin(socket);
    }
    await wait(intervalMs, undefined, { signal }).catch(() => undefined);
  }
  for (const socket of sockets) socket.destroy();
}
