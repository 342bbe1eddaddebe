import { countries, europe } from '../schema/values/countries.js';
import { parseSettings } from '../services/kit/config/config.js';
import { describeSettings } from '../services/kit/config/settings-docs.js';
import { documentedGatewaySettings, gatewaySettings } from './settings.js';

const secret = 'x'.repeat(32);
const secrets = Object.fromEntries(
  [...countries, europe].map(({ folder }) => [`${folder.toUpperCase()}_SUBGRAPH_SECRETS`, secret]),
);
const parse = (environment: NodeJS.ProcessEnv) => parseSettings(gatewaySettings, { ...secrets, ...environment });

it('has a default for everything but the secrets', () => {
  expect(parse({})).toMatchObject({
    port: 4000,
    requestTimeoutMs: 15_000,
    subgraphTimeoutMs: 10_000,
    planningTimeoutMs: 2_000,
    costBudgetPerMinute: 2_000_000,
    maxConcurrentRequests: 500,
    maxConcurrentRequestsPerClient: 50,
    trustedProxyHops: 0,
    deduplicateFetches: true,
    corsOrigins: undefined,
    responseCacheMb: 64,
    staleIfErrorSeconds: 3_600,
    allowDifferentGraph: false,
    trustedDocumentsPath: undefined,
    introspection: true,
    playground: true,
    subgraphs: { denmark: { url: undefined, secrets: [secret] }, europe: { url: undefined, secrets: [secret] } },
  });
});

it('parses what the environment contains', () => {
  const environment = {
    REQUEST_TIMEOUT_MS: '2000',
    CORS_ORIGINS: 'https://one.example, http://localhost:8080',
    RESPONSE_CACHE_MB: '0',
    STALE_IF_ERROR_SECONDS: '0',
    ALLOW_DIFFERENT_GRAPH: 'true',
    TRUSTED_DOCUMENTS: 'documents.json',
    INTROSPECTION: 'false',
    PLAYGROUND: 'false',
    DENMARK_URL: 'http://denmark:4001/subgraph',
    ITALY_SUBGRAPH_SECRETS: `${'y'.repeat(40)},${secret}`,
  };
  expect(parse(environment)).toMatchObject({
    requestTimeoutMs: 2_000,
    corsOrigins: ['https://one.example', 'http://localhost:8080'],
    responseCacheMb: 0,
    staleIfErrorSeconds: 0,
    allowDifferentGraph: true,
    trustedDocumentsPath: 'documents.json',
    introspection: false,
    playground: false,
    subgraphs: {
      denmark: { url: 'http://denmark:4001/subgraph', secrets: [secret] },
      italy: { url: undefined, secrets: ['y'.repeat(40), secret] },
    },
  });
});

it.each([
  ['COST_BUDGET_PER_MINUTE', '-1', 'must be a whole number from 0 to 999999999'],
  ['MAX_CONCURRENT_REQUESTS_PER_CLIENT', '0', 'must be a whole number from 1 to 999999'],
  ['SUBGRAPH_TIMEOUT_MS', '0', 'must be a whole number from 1 to 999999'],
  ['REQUEST_TIMEOUT_MS', '0', 'must be milliseconds from 10 to 999999'],
  ['CORS_ORIGINS', 'https://one.example/', 'must be origins'],
  ['CORS_ORIGINS', '*', 'must be origins'],
  ['RESPONSE_CACHE_MB', '-1', 'must be a whole number from 0 to 100000'],
  ['RESPONSE_CACHE_MB', '999999', 'must be a whole number from 0 to 100000'],
  ['STALE_IF_ERROR_SECONDS', '1h', 'must be a whole number from 0 to 86400'],
  ['INTROSPECTION', 'no', 'must be true or false'],
  ['DENMARK_URL', 'denmark:4001', 'must be an address like http://host:port/path'],
])('rejects %s=%s, naming the variable', (name, value, allowed) => {
  expect(() => parse({ [name]: value })).toThrow(`${name} ${allowed}`);
});

it.each([
  ['MOST_AT_ONCE', 'MAX_CONCURRENT_REQUESTS'],
  ['PROXIES', 'TRUSTED_PROXY_HOPS'],
  ['SHARE_FETCHES', 'DEDUPLICATE_FETCHES'],
  ['RATE_LIMIT', 'COST_BUDGET_PER_MINUTE'],
  ['RATE_LIMIT_PER_MINUTE', 'COST_BUDGET_PER_MINUTE'],
  ['STALE_FOR_SECONDS', 'STALE_IF_ERROR_SECONDS'],
  ['DENMARK_SECRETS', 'DENMARK_SUBGRAPH_SECRETS'],
  ['DENMARK_SECRETS_FILE', 'DENMARK_SUBGRAPH_SECRETS_FILE'],
])('rejects %s, which was renamed to %s', (old, name) => {
  expect(() => parse({ [old]: '1' })).toThrow(`${old} was renamed: set ${name}`);
});

it('requires a secret for each subgraph', () => {
  expect(() => parse({ BELGIUM_SUBGRAPH_SECRETS: '' })).toThrow('BELGIUM_SUBGRAPH_SECRETS');
});

it('describes every setting in a sentence', () => {
  for (const { meaning } of describeSettings(documentedGatewaySettings)) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
