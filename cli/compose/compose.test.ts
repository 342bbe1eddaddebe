import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { supergraphPath } from '../../schema/files.js';
import { contractVersion } from '../../schema/sdl/contract-version.js';
import { countrySdl } from '../../schema/sdl/subgraph-sdl.js';
import { countries, europe } from '../../schema/values/countries.js';
import { readContract } from '../../schema/compose/subgraph-sources.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { denmark } from '../../services/denmark/catalogue.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import { createTestDatabase, type TestDatabase } from '../../services/kit/testing/databases.js';
import { projectRoot } from '../start/paths.js';
import { composeCommand } from './compose-command.js';

const services = [...countries, europe].map((service) => service.folder);
const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-compose-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const committed = readFileSync(supergraphPath, 'utf8');
const sdlOf = (name: string): string => readFileSync(join(projectRoot, 'services', name, 'schema.graphql'), 'utf8');

/** Runs the command, with the supergraph that clients have today in a temporary file. */
async function compose(args: readonly string[], variables: Readonly<Record<string, string>> = {}, served = committed) {
  const out = file('supergraph.graphql', served);
  let [stdout, stderr] = ['', ''];
  const code = await composeCommand(
    args,
    { SUPERGRAPH: out, ...variables },
    {
      log: (line: string) => (stdout += `${line}\n`.replaceAll(out, 'OUT')),
      error: (line: string) => (stderr += `${line}\n`.replaceAll(out, 'OUT')),
    },
  );
  return { code, stdout, stderr, written: readFileSync(out, 'utf8') };
}

const secret = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let service: RunningService;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  service = await startCatalogue(denmark, {
    port: 0,
    databaseUrl: database.url,
    migrationUrl: database.url,
    tables: null,
    secrets: [secret.replaceAll(' ', '-')],
    logger,
  });
  url = `http://127.0.0.1:${service.port}/subgraph`;
});
const after: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of after) end();
  await service.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});
const shown = { DENMARK_SUBGRAPH_SECRETS: secret.replaceAll(' ', '-') };

it('composes a running subgraph with the others, and writes the address at which the gateway finds it', async () => {
  const { code, stdout, stderr, written } = await compose(['--subgraph', `denmark=${url}`], shown);
  expect(stderr).toBe('');
  expect(stdout).toBe(
    [
      ...services.map((service) => `${service}: contract ${contractVersion}`),
      'Against OUT: 0 breaking, 0 dangerous for clients.',
      'OUT is written. A gateway that reads it serves it within seconds.',
      '',
    ].join('\n'),
  );
  expect(code).toBe(0);
  expect(written).toContain(`url: "${url}"`);
  expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
});

it('composes the committed supergraph from this release, and does not write a file that is unchanged', async () => {
  const before = statSync(file('supergraph.graphql', committed)).ino;
  const { code, stdout } = await compose([]);
  expect(stdout).toContain('OUT is unchanged.');
  expect(code).toBe(0);
  expect(statSync(join(folder, 'supergraph.graphql')).ino).toBe(before);
});

it('adds a country that this release does not know, given as a file and the address at which the gateway finds it', async () => {
  const ruritania = { code: 'XR', name: 'Ruritania', folder: 'ruritania', adjective: 'Ruritanian', port: 0 };
  const path = file('ruritania.graphql', countrySdl(readContract(), ruritania, ''));
  const without = await compose(['--subgraph', `ruritania=${path}`]);
  expect([without.code, without.stderr]).toEqual([
    1,
    `ruritania: this release does not know it; it knows ${services.join(', ')}. If it is new, set RURITANIA_URL to the address at which the gateway finds it.\n`,
  ]);
  const { code, stdout, written } = await compose(['--subgraph', `ruritania=${path}`], {
    RURITANIA_URL: 'https://ruritania.example/subgraph',
  });
  expect(stdout).toContain(
    `ruritania: contract ${contractVersion}; Europe and the gateway know it once a release has its line`,
  );
  expect(code).toBe(0);
  expect(written).toContain('url: "https://ruritania.example/subgraph"');
  expect(written).toContain('type RuritanianAdministration');
});

describe('npm run compose leaves the served supergraph unchanged, and rejects', () => {
  const italian = sdlOf('italy');
  it.each([
    [
      'a change that breaks clients',
      italian.replace('sigla: String', 'letters: String'),
      /breaking: ItalianAdministration\.sigla was removed/,
      /Not written: it breaks clients\. Give --allow-breaking/,
    ],
    [
      'a subgraph that does not compose',
      italian.replaceAll('eligible: Int', 'eligible: String'),
      /^$/,
      /The subgraphs do not compose:\n- .*Coverage\.eligible/,
    ],
    ['invalid SDL', 'type {', /^$/, /- \[italy\] Syntax Error/],
  ])('%s', async (_what, sdl, stdout, stderr) => {
    const result = await compose(['--subgraph', `italy=${file('italy.graphql', sdl)}`]);
    expect(result.stdout).toMatch(stdout);
    expect(result.stderr).toMatch(stderr);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.code).toBe(1);
    expect(result.written).toBe(committed);
  });

  describe('several mistakes of one subgraph, with each of them:', () => {
    const sdl = italian
      .replace('input AdministrationFilter {', 'input AdministrationFilter {\n"New." novelty: String\n')
      .replace('italy: ItalianCatalogue', 'italy: ItalianCatalogue\n"Not its own." sweden: ItalianCatalogue')
      .replace(`@contract(version: "${contractVersion}")`, '@contract(version: "2.0")')
      .concat('\n"Writes." type Mutation { "Writes." write: Int }');
    let result: Awaited<ReturnType<typeof compose>>;
    // Once: composing takes time.
    beforeAll(async () => {
      result = await compose(['--subgraph', `italy=${file('italy.graphql', sdl)}`]);
      expect(result.stdout).toContain('italy: contract 2.0');
      expect(result.stderr).not.toMatch(/^\s+at /m);
      expect([result.code, result.written]).toEqual([1, committed]);
    });

    it.each([
      [
        'an argument that composition would drop',
        /Something would be lost: .*novelty.* \(INCONSISTENT_INPUT_OBJECT_FIELD\)/,
      ],
      ['a mutation', /Mutation: the graph only reads/],
      ['the root field of another country', /Query\.sweden: italy can have no other field here than italy/],
      [
        'an incompatible contract version',
        `italy was made for contract version 2.0, which is not compatible with ${contractVersion}`,
      ],
    ])('%s', (_what, reason) => {
      expect(result.stderr).toMatch(reason);
    });
  });

  it('a subgraph that does not respond, requires its secret, or is not a subgraph', async () => {
    const none = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(none, 'listening');
    after.push(() => none.close());
    const { port } = none.address() as AddressInfo;
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const closed = (gone.address() as AddressInfo).port;
    gone.close();
    for (const [place, variables, reason] of [
      [`http://127.0.0.1:${closed}/subgraph`, {}, 'does not respond: ECONNREFUSED.'],
      [url, {}, 'requires its secret: set DENMARK_SUBGRAPH_SECRETS or DENMARK_SUBGRAPH_SECRETS_FILE.'],
      [
        url,
        { DENMARK_SUBGRAPH_SECRETS: 'x'.repeat(32) },
        'requires its secret: DENMARK_SUBGRAPH_SECRETS contains another secret.',
      ],
      [`http://127.0.0.1:${port}/`, {}, 'does not respond to { _service { sdl } } as a subgraph does.'],
    ] as const) {
      const { code, stderr, written } = await compose(['--subgraph', `denmark=${place}`], variables);
      expect([code, stderr, written]).toEqual([1, `denmark: ${place} ${reason}\n`, committed]);
    }
  });
});

it('writes a breaking change with --allow-breaking, and leaves out an argument until the other countries have it', async () => {
  const sdl = sdlOf('italy')
    .replace('sigla: String', 'letters: String')
    .replaceAll(/( consortia\()/g, '$1\n"New." novelty: String\n');
  const { code, stdout, written } = await compose([
    '--subgraph',
    `italy=${file('italy.graphql', sdl)}`,
    '--allow-breaking',
  ]);
  expect(stdout).toMatch(/not in the graph until the other subgraphs have it: .*novelty/);
  expect(stdout).toMatch(/1 breaking/);
  expect(code).toBe(0);
  expect(written).not.toBe(committed);
});

it('prints what would happen with --dry-run, and writes nothing', async () => {
  const { code, stdout, written } = await compose(['--dry-run', '--subgraph', `denmark=${url}`], shown);
  expect(stdout).toMatch(/Not written: this was a dry run\.\n$/);
  expect([code, written]).toEqual([0, committed]);
});

it.each([
  [['--subgraph', 'denmark'], /'denmark' is invalid\. It must be <name>=<address or file>/],
  [['--subgraph', 'italy=a', '--subgraph', 'italy=b'], /--subgraph italy is given twice/],
  [['--subgrpah', 'italy=a'], /--subgrpah.*See --help/],
])('rejects an invalid command line: %s', async (args, message) => {
  const { code, stderr } = await compose(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

it('prints help with examples', () => {
  const { stdout, status } = spawnSync(process.execPath, ['dist/cli/compose/compose.js', '--help'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect(stdout).toContain('npm run compose -- --subgraph belgium=https://belgium.example/subgraph');
  expect(status).toBe(0);
});
