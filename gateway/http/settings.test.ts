import { readConfig } from '../../services/kit/config/config.js';
import { doorSettings } from './settings.js';

const read = (environment: Record<string, string>) => readConfig(doorSettings, environment);

it('are open and cautious where nobody says otherwise', () => {
  expect(read({})).toEqual({
    REQUEST_TIMEOUT_MS: 15_000,
    RESPONSE_CACHE_MB: 64,
    STALE_FOR_SECONDS: 3_600,
    INTROSPECTION: true,
    PLAYGROUND: true,
  });
});

it('are what the environment says', () => {
  const environment = {
    REQUEST_TIMEOUT_MS: '2000',
    CORS_ORIGINS: 'https://one.example, http://localhost:8080',
    RESPONSE_CACHE_MB: '0',
    STALE_FOR_SECONDS: '0',
    TRUSTED_DOCUMENTS: 'documents.json',
    INTROSPECTION: 'false',
    PLAYGROUND: 'false',
  };
  expect(read(environment)).toEqual({
    REQUEST_TIMEOUT_MS: 2_000,
    CORS_ORIGINS: ['https://one.example', 'http://localhost:8080'],
    RESPONSE_CACHE_MB: 0,
    STALE_FOR_SECONDS: 0,
    TRUSTED_DOCUMENTS: 'documents.json',
    INTROSPECTION: false,
    PLAYGROUND: false,
  });
});

it.each([
  ['REQUEST_TIMEOUT_MS', '0'],
  ['CORS_ORIGINS', 'https://one.example/'],
  ['CORS_ORIGINS', '*'],
  ['RESPONSE_CACHE_MB', '-1'],
  ['RESPONSE_CACHE_MB', '999999'],
  ['STALE_FOR_SECONDS', '1h'],
  ['INTROSPECTION', 'no'],
])('refuse %s=%s', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} must be `));
});

it('say what each of them is for', () => {
  for (const [name, setting] of Object.entries(doorSettings))
    expect([name, setting.description]).toEqual([name, expect.any(String)]);
});
