import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { countries } from '../../schema/values/countries.js';
import { parseGrants } from '../../services/catalogue/auth/roles.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import { startLocalIssuer } from '../../services/kit/auth/local-issuer.js';
import { readIdentitySettings } from '../../services/kit/auth/oidc-settings.js';
import { createTokenVerifier } from '../../services/kit/auth/verify-token.js';
import { projectRoot } from '../start/paths.js';

const names = countries.map(({ folder }) => folder).join(', ');
const { NODE_ENV: _test, ...environment } = process.env;

const start = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [`dist/cli/issuer/${script}.js`, ...args], {
    cwd: projectRoot,
    env: { ...environment, ...env },
  });

const run = async (script: string, args: readonly string[], env?: NodeJS.ProcessEnv) => {
  const child = start(script, args, env);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await output;
  return { code, stdout: stdout.trim(), stderr: stderr.trim() };
};

it('issues a token that a country accepts, if the country is configured as the issuer prints', async () => {
  const issuer = start('issuer', ['--port', '0', '--algorithm', 'RS256']);
  const [message] = (await once(issuer.stdout, 'data')) as [Buffer];
  const [, settings = ''] = /^ {2}(NODE_ENV=.*) npm run/m.exec(message.toString()) ?? [];
  const env = Object.fromEntries(settings.split(' ').map((assignment) => assignment.split('=', 2) as [string, string]));
  const login = readIdentitySettings('BELGIUM', env);
  if (!login) throw new Error('The issuer does not print what to set.');

  const roles = ['reader', 'consortium-editor:be:consortium:0841470248'];
  const args = ['--country', 'belgium', '--subject', 'anna', ...roles.flatMap((role) => ['--role', role])];
  const { code, stdout, stderr } = await run('token', args, env);
  expect([code, stderr]).toEqual([0, '']);
  const token = await createTokenVerifier(login, logger)(`Bearer ${stdout}`);
  expect(token?.subject).toBe('anna');
  expect(parseGrants(token?.claims, login.rolesClaim)).toHaveLength(2);

  issuer.kill('SIGTERM');
  expect(await once(issuer, 'close')).toEqual([0, null]);
});

it.each([
  ['token', ['--help'], 0, 'npm run --silent token'],
  ['token', [], 2, `--country is required: one of ${names}. (See --help.)`],
  ['token', ['--country', 'ruritania'], 2, `Allowed choices are ${names}.`],
  ['token', ['--country', 'belgium', '--role', 'editor'], 2, 'The roles are reader, consortium-editor:'],
  ['token', ['--country', 'belgium', '--issuer', 'https://login.example'], 2, 'is not a local issuer'],
  ['token', ['--country', 'belgium', '--issuer', 'http://127.0.0.1:1'], 2, 'Start the local issuer: npm run issuer'],
  ['token', ['--county', 'belgium'], 2, "Unknown option '--county'"],
  ['issuer', ['--help'], 0, 'npm run issuer'],
  ['issuer', ['--port', 'x'], 2, 'It must be a whole number from 0 to 65535.'],
  ['issuer', ['--algorithm', 'HS256'], 2, 'Allowed choices are RS256, PS256, ES256, EdDSA.'],
])('%s %j exits with code %i and prints "%s"', async (script, args, code, text) => {
  const { stdout, stderr, ...ended } = await run(script, args);
  expect([ended.code, code === 0 ? stdout : stderr]).toEqual([code, expect.stringContaining(text)]);
  expect(code === 0 ? stderr : stdout).toBe('');
});

it('issuer exits with code 2 in production, and on a port that is taken', async () => {
  expect(await run('issuer', [], { NODE_ENV: 'production' })).toMatchObject({ code: 2, stdout: '' });
  const other = await startLocalIssuer();
  try {
    const { code, stderr } = await run('issuer', ['--port', new URL(other.issuer).port]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('choose another one with --port')]);
  } finally {
    await other.stop();
  }
});
