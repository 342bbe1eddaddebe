import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';

/** The context of a request, whose client may disconnect. */
export interface TestRequester extends Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'> {
  readonly disconnect: () => void;
  /** How many listeners its token has. */
  readonly listeners: () => number;
}

/** Creates the context of a request with a timeout. Nothing cancels it at its deadline: the code under test has to. */
export function createRequester(timeoutMs = 10_000): TestRequester {
  const cancellation = new CancellationToken();
  const listen = cancellation.onCancel.bind(cancellation);
  let listeners = 0;
  cancellation.onCancel = (listener) => {
    listeners += 1;
    const stop = listen(listener);
    return () => {
      listeners -= 1;
      stop();
    };
  };
  return {
    requestId: 'request-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    deadline: performance.now() + timeoutMs,
    cancellation,
    disconnect: () => {
      cancellation.cancel();
    },
    listeners: () => listeners,
  };
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let times = 0; !condition(); times += 1) {
    if (times > 5_000) throw new Error(`condition never held: ${condition.toString()}`);
    await wait(2);
  }
}

/** Handles the nth request of a server, counted from 1. */
export type HandleData = (socket: Socket, nth: number) => void;

/** A TCP server. */
export interface RawServer {
  readonly url: string;
  /** All connections so far. */
  readonly sockets: Socket[];
  readonly requests: string[];
  readonly stop: () => Promise<void>;
}

/** Starts a TCP server that handles data as a test configures. */
export async function startRawServer(act: HandleData): Promise<RawServer> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      act(socket, requests.push(data.toString()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/subgraph`,
    sockets,
    requests,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A complete HTTP response, as it is sent over the socket. */
export const rawResponse = (body: string, type = 'application/json'): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
