import { readContract } from '../../schema/compose/subgraph-sources.js';
import { countrySdl } from '../../schema/sdl/subgraph-sdl.js';
import type { Country } from '../../schema/values/countries.js';
import { startChild } from '../../services/kit/testing/child-process.js';
import { scriptOf } from '../start/paths.js';
import { freePort } from '../start/ports.js';
import { conformanceCommand } from './conformance-command.js';
import { checks, type Outcome } from './examine.js';
import { type Ruritania, startRuritania } from './yoga/start-ruritania.js';

/** The command on the example subgraph. */
describe('npm run conformance', () => {
  const country: Country = {
    code: 'XR',
    name: 'Ruritania',
    folder: 'ruritania',
    adjective: 'Ruritanian',
    port: 0,
  };
  const secret = 's'.repeat(32);
  let ruritania: Ruritania;
  beforeAll(async () => {
    ruritania = await startRuritania(countrySdl(readContract(), country, ''), secret);
  });
  afterAll(() => ruritania.stop());
  afterEach(() => {
    ruritania.distortBy(undefined);
  });

  /** Runs the command in this process. */
  const run = async (args: readonly string[], environment: Record<string, string> = { SUBGRAPH_SECRETS: secret }) => {
    let output = '';
    const print = (line: string): void => void (output += `${line}\n`);
    const exitCode = await conformanceCommand(args, environment, { log: print, error: print });
    return { exitCode: String(exitCode), output };
  };

  it('prints each check and exits with 0 if the subgraph conforms', async () => {
    // In a process of its own, as it is typed.
    const script = scriptOf('cli', 'conformance', 'conformance');
    const child = startChild([script, ruritania.url, '--country', 'XR'], { SUBGRAPH_SECRETS: secret });
    const exitCode = await child.exit;
    expect([exitCode, child.output().trim().split('\n')]).toEqual([
      '0',
      [
        ...checks.map(({ name }) => `passed   ${name}`),
        `${checks.length} passed, 0 failed, 0 untried for lack of data.`,
      ],
    ]);
  });

  it('prints the request, the expected and the received result of a failed check, and exits with 1', async () => {
    ruritania.distortBy((response) => response.replace('"totalCount":3', '"totalCount":4'));
    const { exitCode, output } = await run([ruritania.url]);
    expect(exitCode).toBe('1');
    expect(output).toMatch(
      /^FAILED {3}lists: in both directions .*\n +A client .*\n +request: .*administrations\([^]*\n +expected: administrations: totalCount 3,.*\n +received: 4$/m,
    );
    expect(output).toContain(`${checks.length - 1} passed, 1 failed, 0 untried for lack of data.`);
  });

  it('prints every outcome as JSON with --json', async () => {
    ruritania.distortBy((response) => response.replaceAll('INVALID_LANGUAGE', 'INTERNAL_SERVER_ERROR'));
    const { exitCode, output } = await run([ruritania.url, '--json']);
    const outcomes = JSON.parse(output) as Outcome[];
    expect([exitCode, outcomes.length]).toEqual(['1', checks.length]);
    expect(outcomes.filter(({ result }) => result !== 'PASSED')).toEqual([
      {
        name: 'names: a malformed language is rejected',
        why: expect.any(String) as string,
        result: 'FAILED',
        findings: [expect.objectContaining({ expected: 'an error with extensions.code INVALID_LANGUAGE' })],
      },
    ]);
  });

  it.each<[string, () => readonly string[], Record<string, string>, string]>([
    ['no address', () => [], {}, "Missing required argument 'url'"],
    ['an address that is not http', () => ['ftp://127.0.0.1/'], {}, 'is not an http or https address'],
    ['an unknown option', () => [ruritania.url, '--yaml'], {}, "Unknown option '--yaml'"],
    [
      'another country',
      () => [ruritania.url, '--country', 'FR'],
      { SUBGRAPH_SECRETS: secret },
      'is of the country "XR"; expected FR.',
    ],
    ['a missing secret', () => [ruritania.url], {}, 'requires a secret: set SUBGRAPH_SECRETS.'],
    [
      'a wrong secret',
      () => [ruritania.url],
      { SUBGRAPH_SECRETS: 'x'.repeat(32) },
      'rejects the secret: set SUBGRAPH_SECRETS to the one that the subgraph was started with.',
    ],
    [
      'a secret that is too short',
      () => [ruritania.url],
      { SUBGRAPH_SECRETS: 'x' },
      'SUBGRAPH_SECRETS must contain secrets of at least 32 characters',
    ],
  ])('exits with 2 and a message for %s', async (_what, args, environment, message) => {
    const { exitCode, output } = await run(args(), environment);
    expect([exitCode, output]).toEqual(['2', expect.stringContaining(message)]);
    expect(output).not.toContain('    at ');
  });

  it('exits with 2 and a message for an address where nothing listens', async () => {
    const { exitCode, output } = await run([`http://127.0.0.1:${await freePort()}/subgraph`]);
    expect([exitCode, output]).toEqual(['2', expect.stringContaining('does not respond: ECONNREFUSED.')]);
  });
});
