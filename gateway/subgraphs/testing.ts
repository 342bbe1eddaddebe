import { getEventListeners } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import type { GatewayContext } from '../request.js';

/** Somebody who asks, and may leave. */
export interface TestAsker extends Pick<GatewayContext, 'requestId' | 'traceparent' | 'deadline' | 'signal'> {
  readonly leave: () => void;
  /** How many wait for him to leave. */
  readonly listeners: () => number;
}

/** Makes somebody who waits for so many milliseconds. His signal tells only that he left: who asks must watch the time. */
export function createAsker(patienceMs = 10_000): TestAsker {
  const controller = new AbortController();
  const { signal } = controller;
  return {
    requestId: 'request-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    deadline: performance.now() + patienceMs,
    signal,
    leave: () => {
      controller.abort();
    },
    listeners: () => getEventListeners(signal, 'abort').length,
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
export type Act = (socket: Socket, nth: number) => void;

/** A server below HTTP. */
export interface RawServer {
  readonly url: string;
  /** Every connection there ever was. */
  readonly sockets: Socket[];
  readonly requests: string[];
  readonly stop: () => Promise<void>;
}

/** Starts a server that does to its connections what a test wants. */
export async function startRawServer(act: Act): Promise<RawServer> {
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
export const rawAnswer = (body: string, type = 'application/json'): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
