import { connect } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** The pause between two letters. */
const pauseMs = 500;

/**
 * Sends the beginning of a request and then the rest letter by letter, as an attacker does to keep a connection open (slow
 * loris). Resolves with the response when the server has closed the connection.
 */
export function dribble(port: number, beginning: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const over = new AbortController();
    socket.on('data', (part: Buffer) => (received += part.toString()));
    // The server resets the connection at a letter that arrives after its end.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      over.abort();
      resolve(received);
    });
    socket.write(beginning);
    void (async () => {
      while (!over.signal.aborted && !signal.aborted) {
        socket.write('a');
        await wait(pauseMs);
        // After a moment without CPU time, a response may have arrived: another letter would reset the connection before it is read.
        await nextTurn();
      }
      socket.destroy();
    })();
  });
}

const requestLine = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n';

/** Beginnings of requests whose rest is missing. */
export const partialRequests = {
  headers: `${requestLine}X-Slow: `,
  body: `${requestLine}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"query":"`,
} as const;
