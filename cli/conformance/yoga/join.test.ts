import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

import { startGateway } from '../../../gateway/gateway.js';
import { testGatewaySettings } from '../../../gateway/testing/gateway-settings.js';
import { countries } from '../../../schema/values/countries.js';
import { supergraphPath } from '../../../schema/files.js';
import type { RunningService } from '../../../services/kit/http/service.js';
import { silentLogger as logger } from '../../../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../../services/kit/testing/databases.js';
import { queryGraph } from '../../../tests/support/test-graph.js';
import { projectRoot } from '../../start/paths.js';
import { composeCommand } from '../../compose/compose-command.js';
import { toEarlierContract } from './earlier-contract.js';
import { type Ruritania, startRuritania } from './start-ruritania.js';
import { waitUntil } from '../../../services/kit/testing/wait-until.js';

// A country without our kit joins a running gateway: the EU side releases a list of countries with its line, composes its
// subgraph into the supergraph, and clients query it.

const secret = 'x'.repeat(32);
const copy = mkdtempSync(join(tmpdir(), 'reuse-graph-join-'));
let ruritania: Ruritania;
let database: ServiceDatabase;
let europe: ChildProcess;
let europeUrl: string;
let gateway: RunningService;

/** Makes the next release of Europe, whose list of countries has another line: a copy of the sources without the data. */
function release(): string {
  for (const file of ['package.json', '.oxfmtrc.json']) cpSync(join(projectRoot, file), join(copy, file));
  for (const part of ['schema', 'services', 'cli', 'gateway']) {
    cpSync(join(projectRoot, part), join(copy, part), { recursive: true, filter: (path) => basename(path) !== 'data' });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  const list = join(copy, 'schema/values/countries.ts');
  const line = `  { code: 'XR', name: 'Ruritania', folder: 'ruritania', adjective: 'Ruritanian', port: 4999 },\n];`;
  writeFileSync(list, readFileSync(list, 'utf8').replace('\n];', `\n${line}`));
  const { stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', 'cli/generate.ts'], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(copy, 'services/ruritania/schema.graphql'), 'utf8');
}

async function startEurope(): Promise<void> {
  const unreachableCountries = Object.fromEntries(
    countries.flatMap(({ folder }) => [
      [`${folder.toUpperCase()}_URL`, 'http://127.0.0.1:9/subgraph'],
      [`${folder.toUpperCase()}_SUBGRAPH_SECRETS`, secret],
    ]),
  );
  europe = spawn(process.execPath, ['--import', 'tsx', 'services/europe/main.ts'], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_OPTIONS: process.env['NODE_OPTIONS'],
      ...unreachableCountries,
      SHUTDOWN_DELAY_MS: '0',
      EUROPE_PORT: '0',
      EUROPE_DATABASE_URL: database.serviceUrl,
      EUROPE_MIGRATION_URL: database.url,
      EUROPE_SUBGRAPH_SECRETS: secret,
      RURITANIA_URL: ruritania.url,
      RURITANIA_SUBGRAPH_SECRETS: secret,
    },
  });
  const lines = europe.stdout ? createInterface(europe.stdout) : [];
  europeUrl = await new Promise<string>((resolve) => {
    void (async () => {
      for await (const line of lines) {
        const [, port] = /listening on port (\d+)/.exec(line) ?? [];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}/subgraph`);
      }
    })();
  });
}

beforeAll(async () => {
  const sdl = release();
  database = await createServiceDatabase();
  // It has implemented an earlier contract, without codes and needs.
  ruritania = await startRuritania(toEarlierContract(sdl), secret);
  await startEurope();
  const path = join(copy, 'served.graphql');
  cpSync(supergraphPath, path);
  const subgraphs = { ruritania: { secrets: [secret] }, europe: { secrets: [secret] } };
  gateway = await startGateway(testGatewaySettings({}, { supergraphPath: path, subgraphs }), { logger });
}, 300_000);
afterAll(async () => {
  await gateway.stop();
  await ruritania.stop();
  europe.kill('SIGTERM');
  await new Promise((resolve) => europe.once('exit', resolve));
  await database.drop();
  rmSync(copy, { recursive: true });
});

it('a new country is composed into the supergraph, served by the gateway and indexed by Europe, without a restart', async () => {
  const query = (text: string) => queryGraph(`http://127.0.0.1:${gateway.port}/graphql`, text);
  expect((await query('{ ruritania { title } }')).errors?.[0]?.message).toMatch(/Cannot query field "ruritania"/);

  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const code = await composeCommand(
    ['--subgraph', `ruritania=${ruritania.url}`, '--subgraph', `europe=${europeUrl}`],
    { SUPERGRAPH: join(copy, 'served.graphql'), RURITANIA_SUBGRAPH_SECRETS: secret, EUROPE_SUBGRAPH_SECRETS: secret },
    { log: print, error: print },
  );
  expect(printed.join('\n')).toMatch(/: 0 breaking, /);
  expect(printed).toContain('ruritania: contract 1.0; Europe and the gateway know it once a release has its line');
  expect(printed.join('\n')).toMatch(/^null for ruritania, which has an earlier contract: .*\bCatalogue\.needs\b/m);
  expect(code).toBe(0);

  let live = await query('{ ruritania { title } }');
  await waitUntil('the gateway to reach Ruritania', async () => {
    live = await query('{ ruritania { title } }');
    return live.errors === undefined;
  });
  expect(live.data).toEqual({ ruritania: { title: 'Catalogue of Ruritania' } });

  // What it does not have is null, and costs nothing else.
  const later = await query(
    '{ ruritania { needs(search: "x") { totalCount } records { nodes { name codes { notation } } } consortia { nodes { needs { totalCount } } } } }',
  );
  expect(later.errors).toBeUndefined();
  expect(later.data).toEqual({
    ruritania: {
      needs: null,
      records: { nodes: [{ name: 'Minutes', codes: null }] },
      consortia: { nodes: [{ needs: null }] },
    },
  });

  const search = `{
    organisation(id: "xr:consortium:towns") { name ... on Consortium { members { nodes { member { name } } } } }
    solutions(search: "minutes") { nodes { name maintainers { name } adoptions { nodes { administration { name } } } } }
  }`;
  let found = await query(search);
  await waitUntil('Ruritania to be indexed', async () => {
    found = await query(search);
    // Statements about a solution are counted once the countries that are down have failed for some seconds.
    return !/"(nodes|maintainers)":\[\]/.test(JSON.stringify(found.data));
  });
  expect(found.errors).toBeUndefined();
  expect(found.data).toEqual({
    organisation: {
      name: 'Towns of Ruritania',
      members: { nodes: [{ member: { name: 'Streslau' } }, { member: { name: 'Zenda' } }] },
    },
    solutions: {
      nodes: [
        {
          name: 'Minutes',
          maintainers: [{ name: 'Towns of Ruritania' }],
          adoptions: { nodes: [{ administration: { name: 'Zenda' } }] },
        },
      ],
    },
  });
});
