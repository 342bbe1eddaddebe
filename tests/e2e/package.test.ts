import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { createTestDatabase, type TestDatabase } from '../../services/kit/testing/databases.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { queryGraph } from '../support/test-graph.js';
import { projectRoot } from '../../cli/start/paths.js';

const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-package-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Unpacks the package as npm packs it, with its dependencies beside it as `npm install` does. */
function install(): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'reuse-graph'), { recursive: true });
  for (const name of readdirSync(join(projectRoot, 'node_modules'))) {
    symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name));
  }
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  execFileSync('tar', ['-xzf', join(folder, packed), '-C', join(modules, 'reuse-graph'), '--strip-components', '1']);
}

/** The repository of a country that this project does not contain. Ruritania is fictional. */
const repository: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "ruritania", "type": "module", "private": true }',
  'national.graphql': 'type RuritanianAdministration { "The number of its castles. Null: not counted." castles: Int }',
  'catalogue.js': `import { europeanSchemes } from 'reuse-graph/catalogue/country';

export const ruritania = {
  code: 'XR',
  titles: [{ language: 'en', text: 'Catalogue of Ruritania' }],
  languages: ['en'],
  schemes: europeanSchemes('XR'),
  nationalColumns: ['castles'],
  administrationFields: { castles: { column: 'castles' } },
  consortiumFields: {},
  home: {
    country: { code: 'XR', name: 'Ruritania', folder: 'ruritania', adjective: 'Ruritanian', port: 4999 },
    folder: import.meta.dirname,
  },
};
`,
  'main.js': `import { runCatalogue } from 'reuse-graph/catalogue/start';
import { ruritania } from './catalogue.js';

await runCatalogue(ruritania);
`,
  'data/sources.csv': 'id,url\nnovel,https://example.org/zenda\n',
  'data/administrations.csv':
    'id,kind,level,official_languages,name_en,castles,source\nxr:administration:zenda,MUNICIPALITY,LOCAL,en,Zenda,2,novel\n',
};

it('the package contains no test helpers, tests or source maps', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: projectRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ files: readonly { path: string }[] }];
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('dist/services/catalogue/service.js');
  expect(paths).toContain('schema/contract/country.graphql');
  expect(
    paths.filter((path) => /(?:^|\/)testing\/|\.test\.|\.map$|^dist\/(?:tests|bench|cli|gateway)\//.test(path)),
  ).toEqual([]);
});

it('a country in its own repository starts from the packed package, and responds to queries', async () => {
  install();
  mkdirSync(join(folder, 'data'));
  for (const [path, content] of Object.entries(repository)) writeFileSync(join(folder, path), content);
  const child = spawn(process.execPath, ['main.js'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      RURITANIA_PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      RURITANIA_DATABASE_URL: database.url,
      RURITANIA_MIGRATION_URL: database.url,
      RURITANIA_SUBGRAPH_SECRETS: 'x'.repeat(32),
    },
  });
  const lines: string[] = [];
  try {
    let port: string | undefined;
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      port ??= /listening on port (\d+)/.exec(line)?.[1];
      if (port !== undefined && (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200) break;
      if (line.includes('imported administrations.csv')) await untilReady(port);
      if (port !== undefined && line.includes('imported administrations.csv')) break;
    }
    expect(port ?? lines).toMatch(/^\d+$/);
    const response = await queryGraph(
      `http://127.0.0.1:${port ?? ''}/graphql`,
      '{ ruritania { title administrations { nodes { __typename id name ... on RuritanianAdministration { castles } } } } }',
    );
    expect(response.data).toEqual({
      ruritania: {
        title: 'Catalogue of Ruritania',
        administrations: {
          nodes: [{ __typename: 'RuritanianAdministration', id: 'xr:administration:zenda', name: 'Zenda', castles: 2 }],
        },
      },
    });
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
});

const untilReady = (port: string | undefined): Promise<void> =>
  waitUntil('the catalogue to be ready', async () => {
    return (await fetch(`http://127.0.0.1:${port ?? ''}/health/ready`)).status === 200;
  });
