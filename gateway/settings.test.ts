import { readProjectFile } from '../schema/files.js';
import { describedVariables, variablesHelp, variablesTable } from './settings-docs.js';
import { readGatewaySettings } from './settings.js';

const secret = 'x'.repeat(32);
const secrets = Object.fromEntries(
  ['DENMARK', 'BELGIUM', 'ITALY', 'EUROPE'].map((name) => [`${name}_SECRETS`, secret]),
);

it('holds sensible values when nothing is said but the secrets', () => {
  expect(readGatewaySettings(secrets)).toMatchObject({
    PORT: 4000,
    REQUEST_TIMEOUT_MS: 15_000,
    SHARE_FETCHES: true,
    subgraphUrls: {},
    subgraphSecrets: { denmark: secret, europe: secret },
  });
});

it('shows each subgraph the first of its secrets', () => {
  const { subgraphSecrets } = readGatewaySettings({ ...secrets, ITALY_SECRETS: `${'y'.repeat(40)},${secret}` });
  expect(subgraphSecrets).toMatchObject({ italy: 'y'.repeat(40), denmark: secret });
});

it.each([
  ['RATE_LIMIT', '-1', 'must be a whole number from 0 to 999999'],
  ['SUBGRAPH_TIMEOUT_MS', '0', 'must be a whole number from 1 to 999999'],
  ['INTROSPECTION', 'no', 'must be true or false'],
  ['DENMARK_URL', 'denmark:4001', 'must be an address like http://host:port/path'],
])('refuses %s=%s by name', (name, value, allowed) => {
  expect(() => readGatewaySettings({ ...secrets, [name]: value })).toThrow(`${name} ${allowed}`);
});

it('refuses to start without a secret for each subgraph', () => {
  expect(() => readGatewaySettings({ ...secrets, BELGIUM_SECRETS: '' })).toThrow('BELGIUM_SECRETS');
});

it('describes every variable, in the README as in --help', () => {
  for (const { name, meaning } of describedVariables) {
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(variablesHelp()).toContain(name);
  }
  const [, table = ''] =
    /<!-- variables -->\n\n([^]*?)\n\n<!-- \/variables -->/.exec(readProjectFile('gateway/README.md')) ?? [];
  const plain = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/ {2,}/g, ' ');
  expect(plain(table)).toBe(plain(variablesTable()));
});
