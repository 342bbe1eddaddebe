import { Socket } from 'node:net';

import pg from 'pg';

/** Properties of a connection that the types of node-postgres omit. */
interface Backend extends Pick<pg.Client, 'host' | 'port' | 'ssl'> {
  readonly sslNegotiation: 'postgres' | 'direct';
  readonly processID: number;
  readonly secretKey: number;
}
interface RawConnection extends pg.Connection {
  readonly connect: (portOrSocket: number | string, host?: string) => void;
  readonly requestSsl: () => void;
  readonly cancel: (processID: number, secretKey: number) => void;
}

const timeoutMs = 5_000;

/**
 * Requests PostgreSQL to cancel the statement of a connection. The request has its own socket and needs no login, so it succeeds
 * even if the pool is exhausted or the server accepts no more clients.
 *
 * Settles when the server has forwarded the request: it does not affect a statement that the connection starts after that.
 */
export function requestCancel(client: pg.Client): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as unknown as Backend;
  const socket = new Socket();
  const connection = new pg.Connection({ stream: () => socket, ssl, ...{ sslNegotiation } }) as RawConnection;
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('the server does not accept the cancel request')));
  return new Promise((resolve, reject) => {
    const sendCancel = (): void => {
      connection.cancel(processID, secretKey);
    };
    connection.on('connect', () => {
      if (!ssl) sendCancel();
      else if (sslNegotiation === 'postgres') connection.requestSsl();
    });
    connection.on('sslconnect', sendCancel);
    connection.on('error', reject);
    // The server closes the connection when it is done.
    connection.on('end', resolve);
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}
