import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readDatabaseSettings } from './database-settings.js';

const databaseUrl = 'postgres://belgium_service:secret@db.example:5432/belgium?sslmode=verify-full';
const migrationUrl = 'postgresql://belgium:secret@db.example:5432/belgium';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-database-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (content: string): string => {
  const file = join(mkdtempSync(join(folder, 'url-')), 'url');
  writeFileSync(file, content);
  return file;
};

describe('readDatabaseSettings', () => {
  it('reads the environment, or files', () => {
    expect(readDatabaseSettings('BELGIUM', { BELGIUM_DATABASE_URL: databaseUrl })).toEqual({
      databaseUrl,
      migrationUrl: undefined,
      replicaUrls: [],
    });
    expect(
      readDatabaseSettings('BELGIUM', {
        BELGIUM_DATABASE_URL_FILE: fileOf(`${databaseUrl}\n`),
        BELGIUM_MIGRATION_URL: migrationUrl,
        BELGIUM_REPLICA_URLS: `${databaseUrl}, ${migrationUrl}\n`,
      }),
    ).toEqual({ databaseUrl, migrationUrl, replicaUrls: [databaseUrl, migrationUrl] });
  });

  it.each([
    ['none', {}, 'BELGIUM_DATABASE_URL or BELGIUM_DATABASE_URL_FILE is missing'],
    ['another’s', { ITALY_DATABASE_URL: databaseUrl }, 'BELGIUM_DATABASE_URL or BELGIUM_DATABASE_URL_FILE is missing'],
    [
      'another kind',
      { BELGIUM_DATABASE_URL: 'mysql://x:secret@db/belgium' },
      'BELGIUM_DATABASE_URL must be an address like postgres://user:password@host:port/database',
    ],
    ['no address', { BELGIUM_DATABASE_URL: 'postgres://:secret@' }, 'BELGIUM_DATABASE_URL must be an address'],
    ['a file without one', { BELGIUM_DATABASE_URL_FILE: fileOf('secret') }, 'BELGIUM_DATABASE_URL_FILE must be'],
    ['no file', { BELGIUM_DATABASE_URL_FILE: join(folder, 'none') }, 'names a file that cannot be read: ENOENT'],
    [
      'two places',
      { BELGIUM_DATABASE_URL: databaseUrl, BELGIUM_DATABASE_URL_FILE: '/x' },
      'BELGIUM_DATABASE_URL and BELGIUM_DATABASE_URL_FILE are both set',
    ],
    [
      'a wrong replica',
      { BELGIUM_DATABASE_URL: databaseUrl, BELGIUM_REPLICA_URLS: `${databaseUrl},secret` },
      'BELGIUM_REPLICA_URLS must be',
    ],
    [
      'a wrong owner',
      { BELGIUM_DATABASE_URL: databaseUrl, BELGIUM_MIGRATION_URL: 'http://secret' },
      'BELGIUM_MIGRATION_URL must be',
    ],
  ])('rejects %s, without repeating the value', (_what, environment, message) => {
    const read = (): unknown => readDatabaseSettings('BELGIUM', environment);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/secret/);
  });
});
