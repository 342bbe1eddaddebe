import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { CancellationToken } from '../request/cancellation.js';
import type { GatewayContext } from '../request/request-context.js';

/** Somebody who asks, and may leave. */
export interface TestRequester extends Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'cancellation'> {
  readonly disconnect: () => void;
  /** How many wait for him to leave. */
  readonly listeners: () => number;
}

/** Makes somebody who waits for so many milliseconds. He is told by nobody that the time is over: who asks must watch it. */
export function createRequester(patienceMs = 10_000): TestRequester {
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
    deadline: performance.now() + patienceMs,
    cancellation,
    disconnect: () => {
      cancellation.cancel();
    },
    listeners: () => listeners,
  };
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let times = 0; !isSo(); times += 1) {
    if (times > 5_000) throw new Error(`this never came: ${isSo.toString()}`);
    await wait(2);
  }
}

/** What a server does with its nth request, counted from 1. */
export type HandleData = (socket: Socket, nth: number) => void;

/** A server below HTTP. */
export interface RawServer {
  readonly url: string;
  /** Every connection there ever was. */
  readonly sockets: Socket[];
  readonly requests: string[];
  readonly stop: () => Promise<void>;
}

/** Starts a server that does to its connections what a test wants. */
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

/** A whole answer, as it goes over the wire. */
export const rawResponse = (body: string, type = 'application/json'): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
