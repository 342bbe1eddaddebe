import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

import { integer } from '../config/fields.js';
import { onceClosed } from '../once-closed.js';

/** How long a process that stops still serves new requests. */
export const shutdownDelayMs = integer({ max: 15_000, unit: 'milliseconds' }).default(2_000).meta({
  variable: 'SHUTDOWN_DELAY_MS',
  description:
    'How long the process continues to accept requests after SIGTERM, while it is not ready and each response closes its connection. Make it longer than your load balancer takes to notice.',
});

/** A server that stops without losing a request. */
export interface DrainingServer {
  readonly server: Server;
  /** Whether it is going to stop. */
  readonly isDraining: () => boolean;
  /**
   * Serves requests for `delayMs` more, each with `Connection: close`, so that clients move to another process; then accepts no
   * connection any more, and finishes the requests in progress within ten seconds. With 0 the port is closed at once.
   */
  readonly drain: (delayMs: number) => Promise<void>;
}

/** The port is closed when there was no new connection for so long, and after some times that in any case. */
const quietMs = 50;
const maxQuietChecks = 10;
/** How long requests in progress may take after the port was closed. */
const graceMs = 10_000;
/** How long a connection without a request may stay open then: its first request may be on its way. */
const firstRequestMs = 500;

export function createDrainingServer(
  options: ServerOptions,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): DrainingServer {
  /** The latest response of each connection, until it was sent: it holds the body of its request. */
  const responses = new Map<Socket, ServerResponse | undefined>();
  let isDraining = false;
  let connections = 0;
  let held: (() => void)[] | undefined;
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    responses.set(socket, response);
    onceClosed(response, () => {
      if (responses.get(socket) === response) responses.set(socket, undefined);
    });
    if (isDraining) closeAfter(response);
    if (held)
      held.push(() => {
        listener(request, response);
      });
    else listener(request, response);
  });
  server.on('connection', (socket) => {
    connections += 1;
    responses.set(socket, undefined);
    socket.once('close', () => responses.delete(socket));
  });

  /**
   * The operating system resets connections that it has accepted and this process has not. Clients open one after each response
   * by now, so the latest requests are held until none comes.
   */
  const holdRequests = async (): Promise<() => void> => {
    const waiting: (() => void)[] = [];
    held = waiting;
    for (let check = 0, before = -1; check < maxQuietChecks && connections !== before; check += 1) {
      before = connections;
      await wait(quietMs);
      // A timer may be late, and then runs before connections are accepted that came meanwhile.
      await nextTurn();
    }
    return () => {
      held = undefined;
      for (const respond of waiting) respond();
    };
  };

  return {
    server,
    isDraining: () => isDraining,
    drain: async (delayMs) => {
      isDraining = true;
      for (const response of responses.values()) if (response) closeAfter(response);
      if (delayMs > 0) await wait(delayMs);
      const release = delayMs > 0 ? await holdRequests() : undefined;
      const closed = new Promise((resolve) => server.close(resolve));
      release?.();
      const timers = [
        setTimeout(() => {
          for (const [socket, response] of responses) if (!response) socket.destroy();
        }, firstRequestMs),
        setTimeout(() => {
          server.closeAllConnections();
        }, graceMs),
      ];
      await closed;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Sends `Connection: close` with a response, unless its headers were sent before. */
function closeAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}
