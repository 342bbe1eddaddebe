import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { ConfigError } from '../../services/kit/config/config.js';
import { countries } from '../../schema/values/countries.js';
import { readSettings } from './settings.js';
import { projectRoot } from './paths.js';

const folder = mkdtempSync(join(tmpdir(), 'environment-'));
const urlFile = join(folder, 'url');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('readSettings', () => {
  it('has a default for every setting', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      dataDir: `${projectRoot}/.data`,
      postgresPort: 54320,
      gatewayPort: 4000,
      portalPort: 4020,
    });
    expect(settings.subgraphs.map(({ name, port }) => [name, port])).toEqual([
      ...countries.map(({ folder, port }) => [folder, port]),
      ['europe', 4010],
    ]);
    expect(settings.subgraphs).toContainEqual(expect.objectContaining({ name: 'denmark', port: 4001 }));
  });

  it('derives the URL of a subgraph from its port', () => {
    const [denmark] = readSettings({ DENMARK_PORT: '5001' }).subgraphs;
    expect(denmark).toMatchObject({ port: 5001, url: 'http://127.0.0.1:5001/subgraph', database: undefined });
  });

  it('uses the URL of a subgraph and of its database in the environment', () => {
    const [denmark] = readSettings({
      DENMARK_URL: 'https://denmark.example/subgraph',
      DENMARK_DATABASE_URL: 'postgresql://user:password@db.example/denmark',
    }).subgraphs;
    expect(denmark).toMatchObject({
      url: 'https://denmark.example/subgraph',
      database: { DENMARK_DATABASE_URL: 'postgresql://user:password@db.example/denmark' },
    });
  });

  it('passes on the other variables of a database, and files by their absolute path', () => {
    const file = join(projectRoot, 'package.json');
    const env = { DENMARK_MIGRATION_URL: 'postgres://owner@db.example/denmark', DENMARK_SERVICE_ROLE: 'clerk' };
    expect(readSettings(env).subgraphs[0]?.database).toEqual(env);
    expect(problemsOf({ DENMARK_DATABASE_URL_FILE: relative(process.cwd(), file) })).toEqual([
      'DENMARK_DATABASE_URL_FILE must be an address like postgres://user:password@host:port/database',
    ]);
    writeFileSync(urlFile, 'postgres://service@db.example/denmark\n');
    expect(
      readSettings({ DENMARK_DATABASE_URL_FILE: relative(process.cwd(), urlFile) }).subgraphs[0]?.database,
    ).toEqual({
      DENMARK_DATABASE_URL_FILE: urlFile,
    });
  });

  it('treats an empty value as unset', () => {
    expect(readSettings({ PORT: '', DENMARK_DATABASE_URL: '', DATA_DIR: '' })).toEqual(readSettings({}));
  });

  it.each(['0', '65536', '-1', '4e3', ' 4000', 'http'])('rejects the port "%s"', (value) => {
    expect(problemsOf({ PORT: value })).toEqual(['PORT must be a port from 1 to 65535']);
  });

  it('reports all invalid variables at once, without their values', () => {
    const problems = problemsOf({
      POSTGRES_PORT: 'x',
      ITALY_URL: 'ftp://italy.example',
      EUROPE_DATABASE_URL: 'mysql://user:secret@db.example/europe',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'POSTGRES_PORT',
      'ITALY_URL',
      'EUROPE_DATABASE_URL',
    ]);
    expect(problems.join()).not.toContain('secret');
  });

  it('validates the variables that the processes read themselves', () => {
    expect(problemsOf({ LISTEN_ADDRESS: '0.0.0.0', SUBGRAPH_TIMEOUT_MS: '500' })).toEqual([]);
    expect(problemsOf({ LISTEN_ADDRESS: 'everywhere', SUBGRAPH_TIMEOUT_MS: '0' })).toEqual([
      'LISTEN_ADDRESS must be 127.0.0.1 for this machine alone, or 0.0.0.0 or :: for every network',
      'SUBGRAPH_TIMEOUT_MS must be a whole number from 1 to 999999',
    ]);
  });

  it.each([
    [
      { ITALY_SUBGRAPH_SECRETS: 'short' },
      'ITALY_SUBGRAPH_SECRETS must contain secrets of at least 32 characters each, in ASCII and without spaces',
    ],
    [
      { ITALY_SUBGRAPH_SECRETS_FILE: join(folder, 'nowhere') },
      'ITALY_SUBGRAPH_SECRETS_FILE names a file that cannot be read: ENOENT',
    ],
    [{ ITALY_SECRETS: 'x' }, 'ITALY_SECRETS was renamed: set ITALY_SUBGRAPH_SECRETS'],
    [{ ITALY_TABLES: 'none' }, 'ITALY_TABLES was renamed: set ITALY_IMPORT_DIR'],
    [{ MOST_AT_ONCE: '1' }, 'MOST_AT_ONCE was renamed: set MAX_CONCURRENT_REQUESTS'],
    [{ EUROPE_REPLICA_URLS: 'x' }, 'EUROPE_REPLICA_URLS cannot be set: a second Europe on a second database does more'],
  ])('rejects %j', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem]);
  });

  it('rejects the same port for two processes', () => {
    expect(problemsOf({ PORT: '4002' })).toEqual(['PORT and BELGIUM_PORT must differ: each is 4002']);
  });

  it('rejects the same port for a process and for metrics', () => {
    // Each process has the port that the one before it has for its metrics.
    const names = ['', ...countries.map(({ folder }) => folder)];
    expect(problemsOf({ METRICS_PORT: '3999' })).toEqual(
      names.map((name, index) => {
        const variable = name === '' ? 'PORT' : `${name.toUpperCase()}_PORT`;
        return `${variable} and METRICS_PORT, for ${names[index + 1] ?? 'europe'}, must differ: each is ${4000 + index}`;
      }),
    );
  });

  it.each(['ITALY', 'EUROPE'])(
    'rejects the same database for Denmark and %s, also if the two URLs are written differently',
    (other) => {
      const problems = problemsOf({
        DENMARK_DATABASE_URL: 'postgres://one@db.example/catalogue',
        [`${other}_DATABASE_URL`]: 'postgres://two@db.example:5432/catalogue',
      });
      expect(problems).toEqual([
        `DENMARK_DATABASE_URL and ${other}_DATABASE_URL must differ: each needs a database of its own`,
      ]);
    },
  );
});
