import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { supergraphPath } from '../../schema/files.js';
import { countrySdl } from '../../schema/sdl/subgraph-sdl.js';
import { readContract } from '../../schema/compose/subgraph-sources.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { denmark } from '../../services/denmark/catalogue.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/observability/logger.js';
import { createTestDatabase, type TestDatabase } from '../../services/kit/testing/databases.js';
import { projectRoot } from '../start/paths.js';
import { composeCommand } from './compose-command.js';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-compose-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const committed = readFileSync(supergraphPath, 'utf8');
const sdlOf = (name: string): string => readFileSync(join(projectRoot, 'services', name, 'schema.graphql'), 'utf8');

/** The command, with what clients have today in a file of the test's own. */
async function compose(args: readonly string[], variables: Readonly<Record<string, string>> = {}, served = committed) {
  const out = file('supergraph.graphql', served);
  let [said, complained] = ['', ''];
  const code = await composeCommand(
    args,
    { SUPERGRAPH: out, ...variables },
    {
      log: (line: string) => (said += `${line}\n`.replaceAll(out, 'OUT')),
      error: (line: string) => (complained += `${line}\n`.replaceAll(out, 'OUT')),
    },
  );
  return { code, said, complained, written: readFileSync(out, 'utf8') };
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

it('composes a running subgraph with the others, and writes where the gateway finds it', async () => {
  const { code, said, complained, written } = await compose(['--subgraph', `denmark=${url}`], shown);
  expect(complained).toBe('');
  expect(said).toBe(
    [
      'denmark: contract 1.0',
      'belgium: contract 1.0',
      'italy: contract 1.0',
      'europe: contract 1.0',
      'Against OUT: 0 breaking, 0 dangerous for clients.',
      'OUT is written; a gateway that reads it serves it within seconds.',
      '',
    ].join('\n'),
  );
  expect(code).toBe(0);
  expect(written).toContain(`url: "${url}"`);
  expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
});

it('makes of this release what is committed, and leaves a file alone that is so already', async () => {
  const before = statSync(file('supergraph.graphql', committed)).ino;
  const { code, said } = await compose([]);
  expect(said).toContain('OUT is as it was.');
  expect(code).toBe(0);
  expect(statSync(join(folder, 'supergraph.graphql')).ino).toBe(before);
});

it('takes a country that this release does not know, by a file and the address at which the gateway finds it', async () => {
  const france = { code: 'FR', name: 'France', folder: 'france', adjective: 'French', port: 0 };
  const path = file('france.graphql', countrySdl(readContract(), france, ''));
  const without = await compose(['--subgraph', `france=${path}`]);
  expect([without.code, without.complained]).toEqual([
    1,
    'france: this release does not know it; it knows denmark, belgium, italy, europe. If it is new, FRANCE_URL says where the gateway finds it.\n',
  ]);
  const { code, said, written } = await compose(['--subgraph', `france=${path}`], {
    FRANCE_URL: 'https://france.example/subgraph',
  });
  expect(said).toContain('france: contract 1.0; Europe and the gateway know it once they are released with its line');
  expect(code).toBe(0);
  expect(written).toContain('url: "https://france.example/subgraph"');
  expect(written).toContain('type FrenchAdministration');
});

describe('refuses, and leaves what is served,', () => {
  const italian = sdlOf('italy');
  it.each([
    [
      'what breaks clients',
      italian.replace('sigla: String', 'letters: String'),
      /breaking: ItalianAdministration\.sigla was removed/,
      /Not written: it breaks clients\. With --allow-breaking/,
    ],
    [
      'what does not compose',
      italian.replaceAll('eligible: Int', 'eligible: String'),
      /^$/,
      /The subgraphs do not compose:\n- .*Coverage\.eligible/,
    ],
    ['what is no SDL', 'type {', /^$/, /- \[italy\] Syntax Error/],
    [
      'what would be lost',
      italian.replace('input AdministrationFilter {', 'input AdministrationFilter {\n"New." novelty: String\n'),
      /contract 1\.0/,
      /Something would be lost: .*novelty.* \(INCONSISTENT_INPUT_OBJECT_FIELD\)/,
    ],
    [
      'a mutation',
      `${italian}\n"Writes." type Mutation { "Writes." write: Int }`,
      /contract 1\.0/,
      /Mutation: the graph only reads/,
    ],
    [
      'a country that answers in the place of another',
      italian.replace('italy: ItalianCatalogue', 'italy: ItalianCatalogue\n"Not its own." sweden: ItalianCatalogue'),
      /contract 1\.0/,
      /Query\.sweden: italy can have no other field here than italy/,
    ],
    [
      'another contract',
      italian.replace('@contract(version: "1.0")', '@contract(version: "2.0")'),
      /italy: contract 2\.0/,
      /italy was made for version 2\.0 of the contract, which does not fit to 1\.0/,
    ],
  ])('%s', async (_what, sdl, said, complained) => {
    const result = await compose(['--subgraph', `italy=${file('italy.graphql', sdl)}`]);
    expect(result.said).toMatch(said);
    expect(result.complained).toMatch(complained);
    expect(result.complained).not.toMatch(/^\s+at /m);
    expect(result.code).toBe(1);
    expect(result.written).toBe(committed);
  });

  it('a subgraph that does not answer, wants its secret, or is none', async () => {
    const none = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(none, 'listening');
    after.push(() => none.close());
    const { port } = none.address() as AddressInfo;
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const closed = (gone.address() as AddressInfo).port;
    gone.close();
    for (const [place, variables, reason] of [
      [`http://127.0.0.1:${closed}/subgraph`, {}, 'does not answer: ECONNREFUSED.'],
      [url, {}, 'wants its secret: set DENMARK_SUBGRAPH_SECRETS or DENMARK_SUBGRAPH_SECRETS_FILE.'],
      [
        url,
        { DENMARK_SUBGRAPH_SECRETS: 'x'.repeat(32) },
        'wants its secret: DENMARK_SUBGRAPH_SECRETS holds another secret.',
      ],
      [`http://127.0.0.1:${port}/`, {}, 'does not answer { _service { sdl } } as a subgraph does.'],
    ] as const) {
      const { code, complained, written } = await compose(['--subgraph', `denmark=${place}`], variables);
      expect([code, complained, written]).toEqual([1, `denmark: ${place} ${reason}\n`, committed]);
    }
  });
});

it('breaks clients when it is told to, and lets an argument wait for the other countries', async () => {
  const sdl = sdlOf('italy')
    .replace('sigla: String', 'letters: String')
    .replaceAll(/( consortia\()/g, '$1\n"New." novelty: String\n');
  const { code, said, written } = await compose([
    '--subgraph',
    `italy=${file('italy.graphql', sdl)}`,
    '--allow-breaking',
  ]);
  expect(said).toMatch(/waiting for the others: .*novelty/);
  expect(said).toMatch(/1 breaking/);
  expect(code).toBe(0);
  expect(written).not.toBe(committed);
});

it('says what would happen, and writes nothing', async () => {
  const { code, said, written } = await compose(['--dry-run', '--subgraph', `denmark=${url}`], shown);
  expect(said).toMatch(/Not written: this was a dry run\.\n$/);
  expect([code, written]).toEqual([0, committed]);
});

it.each([
  [['--subgraph', 'denmark'], /--subgraph is "denmark"; it must be <name>=<address or file>/],
  [['--subgraph', 'italy=a', '--subgraph', 'italy=b'], /--subgraph italy stands twice/],
  [['--subgrpah', 'italy=a'], /--subgrpah.*See --help/],
])('refuses a command line that is wrong: %s', async (args, message) => {
  const { code, complained } = await compose(args);
  expect(complained).toMatch(message);
  expect(code).toBe(2);
});

it('explains itself with examples', () => {
  const { stdout, status } = spawnSync(process.execPath, ['dist/cli/compose/compose.js', '--help'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect(stdout).toContain('npm run compose -- --subgraph belgium=https://belgium.example/subgraph');
  expect(status).toBe(0);
});
