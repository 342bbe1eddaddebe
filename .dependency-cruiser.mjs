/**
 * Who may import what: the architecture, as rules that `npm run lint` checks. CONTRIBUTING.md explains them, and
 * tests/architecture/ shows that each of them reports what it forbids. Type-only imports count, unless a rule says otherwise.
 * Cycles between folders are found by .dependency-cruiser-folders.mjs, which leaves tests out.
 */
import { readdirSync } from 'node:fs';

const notCountries = ['kit', 'shared', 'catalogue', 'europe', 'portal'];
const countries = readdirSync(new URL('services', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !notCountries.includes(entry.name))
  .map(({ name }) => name);

const test = '\\.test\\.tsx?$';
const testOrSupport = `${test}|(^|/)testing/|^(?:tests|bench)/`;
const project = '^(?:bench|cli|docker|gateway|schema|services|tests)/';

/** A folder may import `allowed`, itself and packages. A path that ends in `/` is a folder, any other is a file. */
const layer = (name, comment, folder, allowed, exceptions = '^$') => ({
  name: `layer-${name}`,
  severity: 'error',
  comment,
  from: { path: `^${folder}`, pathNot: exceptions },
  to: { path: project, pathNot: [folder, ...allowed].map((path) => `^${path}${path.endsWith('/') ? '' : '$'}`) },
});

/** Inside of a folder: the files of `from` are below those of `to`. */
const below = (name, from, to) => ({
  name: `below-${name}`,
  severity: 'error',
  comment: 'A lower layer does not know the layers above it.',
  from: { path: from, pathNot: testOrSupport },
  to: { path: to },
});

const web = (...folders) => `^services/portal/web/(?:${folders.join('|')})/`;
const catalogue = (...folders) => `^services/catalogue/(?:${folders.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'import-cycle',
      severity: 'error',
      comment: 'What two files need of one another belongs in the lower of them, or in a third.',
      from: {},
      to: { circular: true },
    },
    layer('schema', 'The contract imports packages and itself.', 'schema/', []),
    layer('kit', 'The kit contains no domain knowledge: it imports packages and itself.', 'services/kit/', []),
    layer('shared', 'Shared domain code imports the kit, the schema and itself.', 'services/shared/', [
      'services/kit/',
      'schema/',
    ]),
    layer(
      'catalogue',
      'The catalogue serves every country and knows none: it imports the kit, shared, the schema and itself.',
      'services/catalogue/',
      ['services/kit/', 'services/shared/', 'schema/'],
    ),
    layer(
      'europe',
      'Europe knows countries by their line in schema/values/countries.ts: it imports the kit, shared, the schema and itself.',
      'services/europe/',
      ['services/kit/', 'services/shared/', 'schema/'],
    ),
    ...countries.map((country) =>
      layer(
        `country-${country}`,
        'A country imports the catalogue, shared, the kit and itself, and knows no other country.',
        `services/${country}/`,
        ['services/catalogue/', 'services/shared/', 'services/kit/'],
      ),
    ),
    layer(
      'gateway',
      'The gateway knows subgraphs by schema/supergraph.graphql: it imports the kit, the schema and itself.',
      'gateway/',
      ['services/kit/', 'schema/'],
    ),
    layer(
      'portal',
      'The portal knows the graph by the gateway’s endpoint: it imports the kit, shared, the schema and itself.',
      'services/portal/',
      ['services/kit/', 'services/shared/', 'schema/'],
    ),
    layer('cli', 'Commands do not import tests or benchmarks.', 'cli/', ['services/', 'gateway/', 'schema/'], test),
    layer('bench', 'Benchmarks do not import tests.', 'bench/', ['services/', 'gateway/', 'schema/', 'cli/']),
    layer(
      'docker',
      'Images are built from what is compiled: scripts here import packages and themselves.',
      'docker/',
      [],
    ),
    layer(
      'other-team',
      'Another team’s subgraph has nothing of ours but the contract: its files, and who sees what of them.',
      'cli/conformance/yoga/',
      ['schema/files\\.ts', 'schema/sdl/public-sdl\\.ts'],
      test,
    ),
    {
      name: 'testing-in-production',
      severity: 'error',
      comment: 'What runs in production does not need what tests need.',
      from: { path: project, pathNot: testOrSupport },
      to: { path: '(^|/)testing/' },
    },
    {
      name: 'resolver-to-repository',
      severity: 'error',
      comment:
        'A resolver reaches loaders and repositories by its context: it may import their types, but not their values.',
      from: { path: '/resolvers/', pathNot: testOrSupport },
      to: { path: '/repositories/', dependencyTypesNot: ['type-only'] },
    },
    below('catalogue-service', '^services/catalogue/(?!commands/)[^/]+/', '^services/catalogue/service\\.ts$'),
    below('catalogue-graphql', catalogue('graphql'), catalogue('commands')),
    below(
      'catalogue-data',
      catalogue('auth', 'import', 'migrations', 'name-matching', 'publiccode', 'quality', 'repositories', 'webhooks'),
      catalogue('commands', 'graphql'),
    ),
    // publiccode/ is a file format, which rows hold parts of.
    below('catalogue-model', catalogue('model'), '^services/catalogue/(?!model/|publiccode/)'),
    below('web-model', web('model'), web('app', 'charts', 'components', 'maps', 'pages', 'pictures', 'server')),
    below('web-parts', web('charts', 'components', 'maps'), web('app', 'pages', 'pictures', 'server')),
    below('web-pictures', web('pictures'), web('app', 'pages', 'server')),
    below('web-pages', web('pages'), web('app', 'server')),
    below('web-app', web('app'), web('server')),
    {
      name: 'web-in-browsers',
      severity: 'error',
      comment: 'What browsers load has no part of the server. Loaders run on the server only.',
      from: {
        path: '^services/portal/web/(?:client\\.tsx$|(?:app|charts|components|maps|model|pages)/)',
        pathNot: `${testOrSupport}|/loader\\.ts$`,
      },
      to: { path: `${project}|^node:`, pathNot: '^services/portal/web/', dependencyTypesNot: ['type-only'] },
    },
    below('schema-sdl', '^schema/sdl/', '^schema/(?:compose|lint)/'),
    below('schema-values', '^schema/values/', '^schema/(?:compose|lint|sdl)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Generated types name both the rows and the context of resolvers: they connect what no code connects.
    exclude: { path: '^dist/|/generated/|^gateway/playground/app\\.tsx$' },
    // Without `tsConfig`, which has no paths: looking for them takes as long as all the rest.
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      // Each further one is tried for each import.
      extensions: ['.js', '.ts', '.tsx', '.d.ts'],
      // Beside tests, the check takes longer than the default of four seconds.
      cachedInputFileSystem: { cacheDuration: 600_000 },
    },
  },
};
