import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What waits for the end of pipelined responses, by connection. */
const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls a listener once, when a response was sent or its connection is closed. The event `close` of a response does not suffice:
 * a pipelined response whose turn has not come has no connection yet, and Node emits nothing on it when the client disconnects.
 *
 * @returns a function that removes the listener.
 */
export function onceClosed(response: ServerResponse, listener: () => void): () => void {
  if (response.socket) {
    response.once('close', listener);
    return () => response.off('close', listener);
  }
  const { socket } = response.req;
  const listeners = waiting.get(socket) ?? listenToConnection(socket);
  const remove = (): void => {
    listeners.delete(close);
    response.off('close', close);
  };
  const close = (): void => {
    remove();
    listener();
  };
  listeners.add(close);
  response.once('close', close);
  return remove;
}

/** One listener per connection: a client can pipeline hundreds of requests. */
function listenToConnection(socket: Socket): Set<() => void> {
  const listeners = new Set<() => void>();
  waiting.set(socket, listeners);
  socket.once('close', () => {
    for (const listener of listeners) listener();
  });
  return listeners;
}
