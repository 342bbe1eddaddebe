import { Socket } from 'node:net';

import pg from 'pg';

/** What node-postgres has of a connection, and its types leave out. */
interface Backend extends Pick<pg.Client, 'host' | 'port' | 'ssl'> {
  readonly sslNegotiation: 'postgres' | 'direct';
  readonly processID: number;
  readonly secretKey: number;
}
interface Line extends pg.Connection {
  readonly connect: (portOrSocket: number | string, host?: string) => void;
  readonly requestSsl: () => void;
  readonly cancel: (processID: number, secretKey: number) => void;
}

const patienceMs = 5_000;

/**
 * Asks PostgreSQL to end what a connection is running. The request goes over a socket of its own and without logging in, so it
 * comes through when the pool is exhausted and when the server takes no more clients.
 *
 * Settles when the server has passed the request on: what the connection begins after that is safe from it.
 */
export function requestCancel(client: pg.Client): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as unknown as Backend;
  const socket = new Socket();
  const line = new pg.Connection({ stream: () => socket, ssl, ...{ sslNegotiation } }) as Line;
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('the server does not take the request to cancel')));
  return new Promise((resolve, reject) => {
    const ask = (): void => {
      line.cancel(processID, secretKey);
    };
    line.on('connect', () => {
      if (!ssl) ask();
      else if (sslNegotiation === 'postgres') line.requestSsl();
    });
    line.on('sslconnect', ask);
    line.on('error', reject);
    // The server hangs up as soon as it is done.
    line.on('end', resolve);
    if (host.startsWith('/')) line.connect(`${host}/.s.PGSQL.${port}`);
    else line.connect(port, host);
  });
}
