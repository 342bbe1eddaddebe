import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

import type { Fault } from './faults.js';
import { respondWithFault, type UpstreamResponse } from './inject-fault.js';

/** A proxy before a service that forwards everything unless a fault is set. */
export interface ProxyServer {
  readonly port: number;
  /** Undefined: no fault. */
  readonly setFault: (fault: Fault | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface ProxyOptions {
  readonly port: number;
  /** The origin of the service, `http://127.0.0.1:4001`. */
  readonly target: string;
  /** Ends this process at once. */
  readonly die: () => void;
}

/** Shorter than the keep-alive timeout of services, so that no connection is used while its other end closes it. */
const idleTimeoutMs = 2_000;

export async function startProxyServer({ port, target, die }: ProxyOptions): Promise<ProxyServer> {
  let fault: Fault | undefined;
  const agent = new Agent({ keepAlive: true, timeout: idleTimeoutMs });
  const open = new Set<Socket>();
  const abandoned = new Set<Socket>();
  const abandon = (socket: Socket): void => {
    socket.pause();
    abandoned.add(socket);
  };

  const http = createServer((request, response) => {
    if (fault === 'restarting') die();
    else if (fault === 'halfOpen') abandon(request.socket);
    else if (fault === 'hanging' || fault === 'killed') request.resume();
    else {
      const current = fault;
      forward(target, agent, request, response).then(
        (upstream) => respondWithFault(current, response, upstream),
        // As if the service itself had ended.
        () => request.socket.resetAndDestroy(),
      );
    }
  });
  const tcp = createTcpServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      abandoned.delete(socket);
    });
    if (fault === 'halfOpen') {
      abandon(socket);
      return;
    }
    http.emit('connection', socket);
    socket.resume();
  });

  await new Promise<void>((resolve, reject) => tcp.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    port: (tcp.address() as AddressInfo).port,
    setFault: (next) => {
      fault = next;
      // A machine that has restarted resets its old connections.
      for (const socket of abandoned) socket.resetAndDestroy();
    },
    close: async () => {
      const closed = new Promise((resolve) => tcp.close(resolve));
      for (const socket of open) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}

/** Forwards a request to the service, until the client disconnects. */
function forward(
  target: string,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const { method, url, headers } = request;
    const upstream = send(target + (url ?? ''), { agent, headers, ...(method ? { method } : {}) });
    upstream.once('error', reject);
    upstream.once('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const type = incoming.headers['content-type'] ?? '';
        resolve({ status: incoming.statusCode ?? 500, type, body: Buffer.concat(parts) });
      });
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  });
}
