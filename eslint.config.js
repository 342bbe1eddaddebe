import { readdirSync } from 'node:fs';

import tseslint from 'typescript-eslint';

const countries = readdirSync(new URL('services', import.meta.url)).filter(
  (folder) => !['kit', 'shared', 'catalogue', 'europe'].includes(folder),
);

/** Who may import what: the architecture, as a rule that cannot rot. See CONTRIBUTING.md. */
const boundary = (files, forbidden, message) => ({
  files: [files],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: forbidden, message }] }] },
});

const anyCountry = countries.join('|');

export default tseslint.config(
  { ignores: ['dist/', '.data/', '**/generated/', 'node_modules/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A variable that is left out on purpose says so by its name.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // TypeORM declares the options of an EntitySchema as a class; everybody gives it an object.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  boundary(
    'services/kit/**',
    `(^|/)(${anyCountry}|shared|catalogue|europe|schema|gateway|cli|bench|tests)/`,
    'The kit knows no domain: it imports packages and itself.',
  ),
  boundary(
    'services/shared/**',
    `(^|/)(${anyCountry}|catalogue|europe|gateway|cli|bench|tests)/`,
    'Shared domain code imports the kit, the schema and itself.',
  ),
  boundary('schema/**', '(^|/)(services|gateway|cli|bench|tests)/', 'The contract imports packages and itself.'),
  boundary(
    'services/catalogue/**',
    `(^|/)(${anyCountry}|europe|gateway|cli|bench|tests)/`,
    'The catalogue serves every country and knows none: it imports the kit, shared, the schema and itself.',
  ),
  boundary(
    'services/europe/**',
    `(^|/)(${anyCountry}|catalogue|gateway|cli|bench|tests)/`,
    'Europe knows countries by their line in schema/values/countries.ts: it imports the kit, shared, the schema and itself.',
  ),
  boundary(
    'gateway/**',
    '(^|/)(services/(?!kit/)|cli|bench|tests)/',
    'The gateway knows subgraphs by schema/supergraph.graphql: it imports the kit, the schema and itself.',
  ),
  boundary('cli/**/!(*.test).ts', '(^|/)(bench|tests)/', 'Commands do not import tests or benchmarks.'),
  boundary('bench/**', '(^|/)tests/', 'Benchmarks do not import tests.'),
  boundary(
    'cli/conformance/yoga/!(*.test).ts',
    '(^|/)(services|gateway)/|/schema/(?!files|sdl/public-sdl)',
    'Another team’s subgraph has nothing of ours but the contract: its files, and who sees what of them.',
  ),
  ...countries.map((country) =>
    boundary(
      `services/${country}/**`,
      '^\\.\\./(?!catalogue/|shared/|kit/)|^\\.\\./\\.\\./',
      'A country imports the catalogue, the kit and itself, and knows no other country.',
    ),
  ),
);
