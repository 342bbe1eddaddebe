import { createServer } from 'node:net';

import { openDatabase } from './database.js';
import {
  DatabaseUnavailableError,
  describeConnectionError,
  requireSupportedVersion,
  UnsupportedDatabaseError,
} from './connection-error.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

/** The message for a connection that fails. */
async function messageAt(change: (url: URL) => void): Promise<string> {
  const url = new URL(testDatabase.url);
  change(url);
  const error = await openDatabase({ url: url.href, entities: [], migrations: [] }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseUnavailableError);
  return (error as Error).message;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

describe('a database that cannot be connected to', () => {
  it('is named, with the role, the reason and what to do, and without the password', async () => {
    const { host, pathname } = new URL(testDatabase.url);
    const roles = 'Databases, their roles and passwords are created with: npm run roles -- --help';
    expect(
      await messageAt((url) => Object.assign(url, { username: 'stranger', password: 'secret', pathname: '/nowhere' })),
    ).toBe(
      `cannot connect to the database nowhere at ${host} as stranger: password authentication failed for user "stranger". ${roles}`,
    );
    expect(await messageAt((url) => Object.assign(url, { pathname: '/nowhere' }))).toMatch(
      /: database "nowhere" does not exist\. Databases, their roles/,
    );
    const port = await closedPort();
    expect(await messageAt((url) => Object.assign(url, { hostname: '127.0.0.1', port: String(port) }))).toMatch(
      new RegExp(
        `^cannot connect to the database ${pathname.slice(1)} at 127\\.0\\.0\\.1:${port} as .*ECONNREFUSED.*\\. Is PostgreSQL running`,
      ),
    );
  });

  it('states the error of each address of a host name', () => {
    const error = new AggregateError([
      new Error('connect ECONNREFUSED ::1:5432'),
      new Error('connect ECONNREFUSED 127.0.0.1:5432'),
    ]);
    expect(describeConnectionError('postgres://belgium:secret@localhost:5432/belgium', error)).toBe(
      'cannot connect to the database belgium at localhost:5432 as belgium: connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
    );
  });
});

it.each(['9.6.24', '14.2 (Debian 14.2-1)', '14beta1'])(
  'rejects PostgreSQL %s, with the oldest supported version',
  (version) => {
    expect(() => {
      requireSupportedVersion('postgres://italy:secret@db.example:5432/italy', version);
    }).toThrow(
      new UnsupportedDatabaseError(
        `the database italy at db.example:5432 is on PostgreSQL ${version}; the oldest supported version is 15`,
      ),
    );
  },
);

it.each(['15.0', '15.18 (Debian 15.18-0+deb12u1)', '18.4', '19beta1'])('accepts PostgreSQL %s', (version) => {
  expect(() => {
    requireSupportedVersion('postgres://italy@db.example/italy', version);
  }).not.toThrow();
});
