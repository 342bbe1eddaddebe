import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

import type { Fault } from './faults.js';
import { misbehave, type Reply } from './inject-fault.js';

/** Stands before a service, and passes everything on until it is given a fault. */
export interface ProxyServer {
  readonly port: number;
  /** Undefined heals it. */
  readonly have: (fault: Fault | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface ProxyOptions {
  readonly port: number;
  /** Where the service is, `http://127.0.0.1:4001`. */
  readonly target: string;
  /** Ends this process at once. */
  readonly die: () => void;
}

/** Shorter than services keep a connection that asks nothing, so that none is used just when its other end closes it. */
const idle = 2_000;

export async function startProxyServer({ port, target, die }: ProxyOptions): Promise<ProxyServer> {
  let fault: Fault | undefined;
  const agent = new Agent({ keepAlive: true, timeout: idle });
  const open = new Set<Socket>();
  const forgotten = new Set<Socket>();
  const forget = (socket: Socket): void => {
    socket.pause();
    forgotten.add(socket);
  };

  const http = createServer((request, response) => {
    if (fault === 'restarting') die();
    else if (fault === 'halfOpen') forget(request.socket);
    else if (fault === 'hanging' || fault === 'killed') request.resume();
    else {
      const talking = fault;
      ask(target, agent, request, response).then(
        (reply) => misbehave(talking, response, reply),
        // As if the service itself had gone.
        () => request.socket.resetAndDestroy(),
      );
    }
  });
  const tcp = createTcpServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      forgotten.delete(socket);
    });
    if (fault === 'halfOpen') {
      forget(socket);
      return;
    }
    http.emit('connection', socket);
    socket.resume();
  });

  await new Promise<void>((resolve, reject) => tcp.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    port: (tcp.address() as AddressInfo).port,
    have: (next) => {
      fault = next;
      // A machine that is back knows nothing of old connections, and says so.
      for (const socket of forgotten) socket.resetAndDestroy();
    },
    close: async () => {
      const closed = new Promise((resolve) => tcp.close(resolve));
      for (const socket of open) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}

/** Asks the service behind, as long as somebody waits for its answer. */
function ask(target: string, agent: Agent, request: IncomingMessage, response: ServerResponse): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method, url, headers } = request;
    const upstream = send(target + (url ?? ''), { agent, headers, ...(method ? { method } : {}) });
    upstream.once('error', reject);
    upstream.once('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', reject);
      answer.once('end', () => {
        const type = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 500, type, body: Buffer.concat(parts) });
      });
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  });
}
