import { z } from 'zod';

import { address, ConfigError, listenAddress, port, readConfig } from './config.js';

const shape = {
  DENMARK_PORT: port(4001),
  DENMARK_DATABASE_URL: address('postgres', 'postgresql'),
  EXTRA: z.string().optional(),
};
const url = 'postgres://denmark:secret@db:5432/denmark';

const problemsOf = (environment: NodeJS.ProcessEnv): string[] => {
  try {
    readConfig(shape, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
  }
  return [];
};

describe('the address on which a process listens', () => {
  it('is this machine’s own unless it is opened', () => {
    expect(readConfig({ LISTEN_ADDRESS: listenAddress }, {})).toEqual({ LISTEN_ADDRESS: '127.0.0.1' });
    expect(readConfig({ LISTEN_ADDRESS: listenAddress }, { LISTEN_ADDRESS: '::' })).toEqual({ LISTEN_ADDRESS: '::' });
    expect(() => readConfig({ LISTEN_ADDRESS: listenAddress }, { LISTEN_ADDRESS: 'everywhere' })).toThrow(
      'LISTEN_ADDRESS must be an IP address',
    );
  });
});

describe('the configuration of a process', () => {
  it('is read from its environment, with defaults', () => {
    expect(readConfig(shape, { DENMARK_DATABASE_URL: url, HOME: '/root' })).toEqual({
      DENMARK_PORT: 4001,
      DENMARK_DATABASE_URL: url,
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig(shape, { DENMARK_DATABASE_URL: url, DENMARK_PORT: '', EXTRA: '' })).toEqual({
      DENMARK_PORT: 4001,
      DENMARK_DATABASE_URL: url,
    });
    expect(problemsOf({ DENMARK_DATABASE_URL: '' })).toEqual(['DENMARK_DATABASE_URL is missing']);
  });

  it.each(['0', '80', '65535'])('takes %s for a port', (value) => {
    expect(readConfig(shape, { DENMARK_DATABASE_URL: url, DENMARK_PORT: value }).DENMARK_PORT).toBe(Number(value));
  });

  it.each(['65536', '99999', '-1', '4001x', '0x10', '1e3', '40 01', ' 4001', '٤٠٠١', '123456'])(
    'does not take %s for a port',
    (value) => {
      expect(problemsOf({ DENMARK_DATABASE_URL: url, DENMARK_PORT: value })).toEqual([
        'DENMARK_PORT must be a port from 0 to 65535',
      ]);
    },
  );

  it.each(['localhost:5432', 'http://db:5432/denmark', 'db', '://', 'postgres:'])(
    'does not take %s for the address of a database',
    (value) => {
      expect(problemsOf({ DENMARK_DATABASE_URL: value })).toEqual([
        'DENMARK_DATABASE_URL must be an address like postgres://host:port/path',
      ]);
    },
  );

  it('names everything that is wrong at once, without repeating values', () => {
    expect(problemsOf({ DENMARK_DATABASE_URL: 'mysql://me:secret@db', DENMARK_PORT: 'secret' })).toEqual([
      'DENMARK_PORT must be a port from 0 to 65535',
      'DENMARK_DATABASE_URL must be an address like postgres://host:port/path',
    ]);
  });
});
