import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { allVariables, ConfigError, parseSettings } from './config.js';
import { integer, port, unsupported, url } from './fields.js';

const list = {
  port: port().default(4001).meta({ variable: 'DENMARK_PORT', renamedFrom: 'DENMARK_LISTEN' }),
  databaseUrl: url('postgres', 'postgresql').meta({ variable: 'DENMARK_DATABASE_URL', file: true }),
  extra: z.string().optional().meta({ variable: 'EXTRA', renamedFrom: 'MORE', file: true }),
  limits: { rows: integer({ min: 1, max: 99 }).default(10).meta({ variable: 'MAX_ROWS' }) },
};
const databaseUrl = 'postgres://denmark:secret@db:5432/denmark';
const required = { DENMARK_DATABASE_URL: databaseUrl };

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-config-'));
const file = join(folder, 'value');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const problemsOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    parseSettings(list, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('parseSettings', () => {
  it('reads the environment, and fills in defaults', () => {
    expect(parseSettings(list, { ...required, HOME: '/root' })).toEqual({
      port: 4001,
      databaseUrl,
      extra: undefined,
      limits: { rows: 10 },
    });
    expect(parseSettings(list, { ...required, DENMARK_PORT: '80', EXTRA: 'x', MAX_ROWS: '99' })).toEqual({
      port: 80,
      databaseUrl,
      extra: 'x',
      limits: { rows: 99 },
    });
  });

  it('treats an empty variable as an absent one', () => {
    expect(parseSettings(list, { ...required, DENMARK_PORT: '', EXTRA: '', DENMARK_LISTEN: '' }).port).toBe(4001);
    expect(problemsOf({ DENMARK_DATABASE_URL: '' })).toEqual([
      'DENMARK_DATABASE_URL or DENMARK_DATABASE_URL_FILE is missing',
    ]);
  });

  it('reads a value from the file that the variable with _FILE names', () => {
    writeFileSync(file, databaseUrl);
    expect(parseSettings(list, { DENMARK_DATABASE_URL_FILE: file }).databaseUrl).toBe(databaseUrl);
    writeFileSync(file, 'secret');
    expect(problemsOf({ DENMARK_DATABASE_URL_FILE: file })).toEqual([
      'DENMARK_DATABASE_URL_FILE must be an address like postgres://host:port/path',
    ]);
    expect(problemsOf({ DENMARK_DATABASE_URL_FILE: join(folder, 'none') })).toEqual([
      'DENMARK_DATABASE_URL_FILE names a file that cannot be read: ENOENT',
    ]);
    expect(problemsOf({ ...required, DENMARK_DATABASE_URL_FILE: file })).toEqual([
      'DENMARK_DATABASE_URL and DENMARK_DATABASE_URL_FILE are both set; set one of them',
    ]);
  });

  it('reports every problem at once, and repeats no value', () => {
    expect(problemsOf({ DENMARK_DATABASE_URL: 'mysql://me:secret@db', DENMARK_PORT: 'secret', MAX_ROWS: '0' })).toEqual(
      [
        'DENMARK_PORT must be a port from 0 to 65535',
        'DENMARK_DATABASE_URL must be an address like postgres://host:port/path',
        'MAX_ROWS must be a whole number from 1 to 99',
      ],
    );
  });

  it('rejects the name that a variable had in earlier releases, and states the new one', () => {
    expect(problemsOf({ ...required, DENMARK_LISTEN: '80', MORE: 'x', MORE_FILE: file })).toEqual([
      'DENMARK_LISTEN was renamed: set DENMARK_PORT',
      'MORE was renamed: set EXTRA',
      'MORE_FILE was renamed: set EXTRA_FILE',
    ]);
  });

  it('rejects a variable that a process does not support', () => {
    const replicas = { urls: unsupported('there is one database').meta({ variable: 'REPLICAS' }) };
    expect(parseSettings(replicas, {})).toEqual({ urls: undefined });
    expect(() => parseSettings(replicas, { REPLICAS: 'x' })).toThrow('REPLICAS cannot be set: there is one database');
  });
});

it('allVariables returns every variable of a list, and those that name files', () => {
  expect(allVariables(list)).toEqual([
    'DENMARK_PORT',
    'DENMARK_DATABASE_URL',
    'DENMARK_DATABASE_URL_FILE',
    'EXTRA',
    'EXTRA_FILE',
    'MAX_ROWS',
  ]);
});
