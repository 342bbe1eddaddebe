import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Between two letters. */
const pause = 500;

/**
 * Sends the beginning of a request and then the rest letter by letter, as somebody does who wants to keep a connection.
 * Settles when the server has closed it: with what it said.
 */
export function dribble(port: number, beginning: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const over = new AbortController();
    socket.on('data', (part: Buffer) => (heard += part.toString()));
    // A letter that comes after the end is answered by a reset.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      over.abort();
      resolve(heard);
    });
    socket.write(beginning);
    void (async () => {
      while (!over.signal.aborted && !signal.aborted) {
        socket.write('a');
        await wait(pause);
      }
      socket.destroy();
    })();
  });
}

const requestLine = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n';

/** Beginnings that promise more. */
export const beginnings = {
  headers: `${requestLine}X-Slow: `,
  body: `${requestLine}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"query":"`,
} as const;
