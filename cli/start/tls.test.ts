import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { type Database, openDatabase } from '../../services/kit/database/database.js';
import { testRequest } from '../../services/kit/testing/test-request.js';
import { type Certificate, createCertificate } from '../../services/kit/testing/certificate.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { type Cluster, startThrowawayCluster } from './cluster.js';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tls-'));
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

let ours: Certificate;
let another: Certificate;
let cluster: Cluster;
let proxy: Server;
/** The first bytes of each connection: PostgreSQL's SSLRequest, or something unencrypted. */
const beginnings: string[] = [];
const sslRequest = '0000000804d2162f';

beforeAll(async () => {
  [ours, another] = await Promise.all([createCertificate(), createCertificate()]);
  cluster = await startThrowawayCluster(['denmark']);
  const port = Number(new URL(cluster.administratorUrl).port);
  await encrypt();
  proxy = createServer((client: Socket) => {
    client.once('data', (first: Buffer) => {
      beginnings.push(first.subarray(0, 8).toString('hex'));
      const server = connect(port, '127.0.0.1');
      server.write(first);
      client.pipe(server).pipe(client);
      for (const end of [client, server]) end.on('error', () => undefined);
    });
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  proxy.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

/** The server writes its key itself: it rejects one that others could read or that is another user's. */
async function encrypt(): Promise<void> {
  const client = new pg.Client(cluster.administratorUrl);
  await client.connect();
  for (const [file, text] of [
    ['server.crt', ours.certificate],
    ['server.key', ours.key],
  ] as const) {
    const lines = pg.escapeLiteral(text.trim());
    await client.query(`COPY (SELECT regexp_split_to_table(${lines}, '\\n')) TO PROGRAM 'umask 077 && cat > ${file}'`);
  }
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  const isOn = async () => (await client.query<{ ssl: string }>('SHOW ssl')).rows[0]?.ssl === 'on';
  await waitUntil('PostgreSQL to use TLS', isOn);
  await client.end();
}

const urlWith = (parameters: string): string => {
  const url = new URL(cluster.serviceUrl('denmark'));
  url.port = String((proxy.address() as { port: number }).port);
  return `${url.href}?${parameters}`;
};
const open = (parameters: string, host = '127.0.0.1'): Promise<Database> =>
  openDatabase({ url: urlWith(parameters).replace('127.0.0.1', host), entities: [], migrations: [] });
const verified = (certificate: string): string => `sslmode=verify-full&sslrootcert=${fileOf('ca.pem', certificate)}`;

describe('a connection to PostgreSQL over TLS', () => {
  it('is encrypted, and so is the request to cancel a statement', async () => {
    const database = await open(verified(ours.certificate));
    expect(await database.query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([
      { ssl: true, version: 'TLSv1.3' },
    ]);
    const disconnection = new AbortController();
    const running = database.forRequest(testRequest(disconnection.signal)).query('SELECT pg_sleep(600) AS dreaming');
    const sleeping = `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%dreaming' AND pid <> pg_backend_pid()`;
    const isSleeping = async () => (await database.query(sleeping)).length > 0;
    await waitUntil('the statement to run', isSleeping);
    disconnection.abort(new Error('gone'));
    await expect(running).rejects.toThrow('gone');
    await waitUntil('the statement to be cancelled', async () => !(await isSleeping()));
    await database.close();
    expect(beginnings.length).toBeGreaterThanOrEqual(3);
    expect(new Set(beginnings)).toEqual(new Set([sslRequest]));
  });

  it.each([
    ['an unknown authority', () => verified(another.certificate), '127.0.0.1', 'self-signed certificate'],
    ['no authority', () => 'sslmode=verify-full', '127.0.0.1', 'self-signed certificate'],
    ['another host', () => verified(ours.certificate), 'localhost', 'does not match certificate'],
  ])('is rejected with %s', async (_what, parameters, host, message) => {
    await expect(open(parameters(), host)).rejects.toThrow(message);
  });
});
