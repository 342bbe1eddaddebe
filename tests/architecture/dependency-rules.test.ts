import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { projectPath } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';

/** A file, and what it imports. */
interface Import {
  readonly file: string;
  readonly target: string;
  /** Whether only a type is imported. */
  readonly isType?: boolean;
}

/** What no country imports: another country, the schema, the gateway. */
const beyondCountry = ['services/italy/f.ts', 'schema/g.ts', 'gateway/h.ts'];

/** For each rule an import that it forbids. */
const forbidden: Readonly<Record<string, Import>> = {
  'layer-schema': { file: 'schema/sdl/a.ts', target: 'services/kit/a.ts' },
  'layer-kit': { file: 'services/kit/http/b.ts', target: 'services/shared/b.ts' },
  'layer-shared': { file: 'services/shared/c.ts', target: 'services/catalogue/model/c.ts' },
  'layer-catalogue': { file: 'services/catalogue/graphql/d.ts', target: 'services/denmark/d.ts' },
  'layer-europe': { file: 'services/europe/e.ts', target: 'services/catalogue/model/e.ts' },
  ...Object.fromEntries(
    countries.map(({ folder }, index): [string, Import] => [
      `layer-country-${folder}`,
      { file: `services/${folder}/f.ts`, target: beyondCountry[index % beyondCountry.length] ?? '' },
    ]),
  ),
  'layer-gateway': { file: 'gateway/i.ts', target: 'services/shared/i.ts' },
  'layer-portal': { file: 'services/portal/h.ts', target: 'services/europe/h.ts' },
  'layer-cli': { file: 'cli/j.ts', target: 'tests/support/j.ts' },
  'layer-bench': { file: 'bench/k.ts', target: 'tests/support/k.ts' },
  'layer-docker': { file: 'docker/l.mjs', target: 'schema/l.ts' },
  'layer-other-team': { file: 'cli/conformance/yoga/m.ts', target: 'schema/sdl/m.ts', isType: true },
  'testing-in-production': { file: 'gateway/http/n.ts', target: 'gateway/testing/n.ts' },
  'resolver-to-repository': { file: 'services/europe/resolvers/o.ts', target: 'services/europe/repositories/o.ts' },
  'below-catalogue-service': { file: 'services/catalogue/auth/p.ts', target: 'services/catalogue/service.ts' },
  'below-catalogue-graphql': { file: 'services/catalogue/graphql/q.ts', target: 'services/catalogue/commands/q.ts' },
  'below-catalogue-data': {
    file: 'services/catalogue/repositories/r.ts',
    target: 'services/catalogue/graphql/r.ts',
    isType: true,
  },
  'below-catalogue-model': { file: 'services/catalogue/model/s.ts', target: 'services/catalogue/repositories/s.ts' },
  'below-schema-sdl': { file: 'schema/sdl/t.ts', target: 'schema/compose/t.ts' },
  'below-schema-values': { file: 'schema/values/u.ts', target: 'schema/sdl/u.ts' },
  'below-web-model': { file: 'services/portal/web/model/v.ts', target: 'services/portal/web/components/v.ts' },
  'below-web-parts': { file: 'services/portal/web/charts/w.ts', target: 'services/portal/web/pictures/w.ts' },
  'below-web-pictures': { file: 'services/portal/web/pictures/x.ts', target: 'services/portal/web/pages/x.ts' },
  'below-web-pages': { file: 'services/portal/web/pages/y.ts', target: 'services/portal/web/app/y.ts' },
  'below-web-app': { file: 'services/portal/web/app/z.ts', target: 'services/portal/web/server/z.ts' },
  'web-in-browsers': { file: 'services/portal/web/maps/a.ts', target: 'schema/a.ts' },
};

const allowed: readonly Import[] = [
  { file: 'services/kit/http/a.ts', target: 'services/kit/database/a.ts' },
  { file: 'services/catalogue/graphql/b.ts', target: 'services/catalogue/repositories/b.ts' },
  { file: 'services/catalogue/commands/c.ts', target: 'services/catalogue/service.ts' },
  { file: 'services/denmark/d.ts', target: 'services/catalogue/model/d.ts' },
  { file: 'services/europe/resolvers/e.ts', target: 'services/europe/repositories/e.ts', isType: true },
  { file: 'gateway/http/f.test.ts', target: 'gateway/testing/f.ts' },
  { file: 'cli/g.test.ts', target: 'tests/support/g.ts' },
  { file: 'tests/e2e/h.ts', target: 'bench/h.ts' },
  { file: 'cli/conformance/yoga/i.ts', target: 'schema/files.ts' },
  { file: 'services/portal/web/pages/j/loader.ts', target: 'services/portal/lists/j.ts' },
];

/** The smallest import cycle: one import is of a type only. */
const cycle: readonly Import[] = [
  { file: 'bench/cycle/a.ts', target: 'bench/cycle/b.ts', isType: true },
  { file: 'bench/cycle/b.ts', target: 'bench/cycle/a.ts' },
];

/** No two of these files import each other, but their folders do. */
const folderCycle: readonly Import[] = [
  { file: 'gateway/http/a.ts', target: 'gateway/cache/a.ts' },
  { file: 'gateway/cache/b.ts', target: 'gateway/http/b.ts', isType: true },
];

const importRules = '.dependency-cruiser.mjs';
const folderRules = '.dependency-cruiser-folders.mjs';

let root: string;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'dependency-rules-'))));
afterEach(() => rm(root, { recursive: true }));

it('reports an import that each rule forbids, files that import each other, and nothing else', async () => {
  await writeImports([...Object.values(forbidden), ...allowed, ...cycle]);
  const { reported, rules } = await cruise(importRules);
  const expected = Object.entries(forbidden).map(([rule, { file, target }]) => `${rule}: ${file} -> ${target}`);
  expect(reported).toEqual(['import-cycle: bench/cycle/a.ts -> bench/cycle/b.ts', ...expected].sort());
  expect(rules).toEqual(['import-cycle', ...Object.keys(forbidden)].sort());
});

it('reports folders whose files import each other, and nothing else', async () => {
  await writeImports([...allowed, ...folderCycle]);
  expect((await cruise(folderRules)).reported).toEqual([
    'folder-cycle: gateway/cache -> gateway/http',
    'folder-cycle: gateway/http -> gateway/cache',
  ]);
});

async function writeImports(imports: readonly Import[]): Promise<void> {
  const contents = new Map<string, string>();
  const add = (file: string, text: string): void => void contents.set(file, (contents.get(file) ?? '') + text);
  for (const { file, target, isType = false } of imports) {
    const from = relative(dirname(file), target)
      .replace(/^(?!\.)/, './')
      .replace(/\.ts$/, '.js');
    add(
      file,
      isType ? `import type { Value } from '${from}';\nexport const value: Value = 1;\n` : `import '${from}';\n`,
    );
    add(target, 'export type Value = number;\n');
  }
  for (const [file, text] of contents) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
}

interface CruiseResult {
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** Checks the files in the temporary folder by the rules of the project. */
async function cruise(config: string): Promise<{ readonly reported: string[]; readonly rules: string[] }> {
  const script = projectPath('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [script, '--config', projectPath(config), '--output-type', 'json', '.'];
  const output = await new Promise<string>((resolve, reject) => {
    // The exit code is the number of errors.
    execFile(process.execPath, args, { cwd: root, maxBuffer: 2 ** 24 }, (_error, stdout, stderr) => {
      if (stderr === '') resolve(stdout);
      else reject(new Error(stderr));
    });
  });
  const { violations, ruleSetUsed } = (JSON.parse(output) as CruiseResult).summary;
  return {
    reported: violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort(),
    rules: ruleSetUsed.forbidden.map(({ name }) => name).sort(),
  };
}
