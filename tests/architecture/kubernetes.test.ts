import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parse } from 'yaml';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { countries } from '../../schema/values/countries.js';
import { getMeta } from '../../services/kit/config/config.js';
import { portalSettings } from '../../services/portal/settings.js';
import { filledCountries } from '../support/filled-countries.js';

interface Kustomization {
  readonly resources?: readonly string[];
  readonly configMapGenerator?: readonly { readonly literals?: readonly string[] }[];
}

const root = 'docker/kubernetes';
const files = readdirSync(projectPath(root), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('kustomization.yaml'))
  .map((file) => join(root, file));
const read = (file: string): Kustomization => parse(readProjectFile(file)) as Kustomization;
const literalsOf = (file: string): [string, string][] =>
  (read(file).configMapGenerator ?? [])
    .flatMap(({ literals = [] }) => literals)
    .map((literal): [string, string] => [literal.split('=', 1)[0] ?? '', literal.slice(literal.indexOf('=') + 1)]);

/** The variables of all processes. A country has its own name in place of `<COUNTRY>`, and any secret can be in a file. */
const documented = [...readProjectFile('docs/configuration.md').matchAll(/^\| `([A-Z_<>]+)`/gm)].map(
  ([, name = '']) => new RegExp(`^${name.replace('<COUNTRY>', '[A-Z]+')}(?:_FILE)?$`),
);

describe('the files for containers', () => {
  // The port of a container is chosen where it is published, and the default budget suits all.
  const inContainers = Object.values(portalSettings)
    .map((setting) => getMeta(setting).variable)
    .filter((name) => name !== 'PORTAL_PORT' && name !== 'PORTAL_COST_BUDGET_PER_MINUTE');

  it.each([
    ['Compose', ['docker/compose.yaml', 'docker/compose.boundaries.yaml']],
    ['Kubernetes', ['docker/kubernetes/europe/portal/kustomization.yaml']],
  ])('have each setting that an operator of the portal needs: %s', (_name, paths) => {
    const text = paths.map(readProjectFile).join('');
    expect(inContainers.filter((name) => !text.includes(name))).toEqual([]);
  });
});

describe('the files for Kubernetes', () => {
  it('set only variables that a process reads, and start services that exist', () => {
    expect(files.length).toBeGreaterThan(5);
    const unknown = files.flatMap((file) =>
      literalsOf(file)
        .filter(([name, value]) =>
          name === 'SERVICE'
            ? !existsSync(projectPath(`services/${value}/main.ts`))
            : !documented.some((pattern) => pattern.test(name)),
        )
        .map(([name]) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('name resources that exist', () => {
    const missing = files.flatMap((file) =>
      (read(file).resources ?? [])
        .map((resource) => join(dirname(file), resource))
        .filter((path) => !existsSync(projectPath(path))),
    );
    expect(missing).toEqual([]);
  });

  it('have an overlay for each process, unless its country has no data', () => {
    const services = files.flatMap((file) =>
      literalsOf(file).flatMap(([name, value]) => (name === 'SERVICE' ? value : [])),
    );
    const own = readdirSync(projectPath('services')).filter((name) =>
      existsSync(projectPath(`services/${name}/main.ts`)),
    );
    const filled: readonly string[] = filledCountries;
    const empty = countries.map(({ folder }) => folder).filter((folder) => !filled.includes(folder));
    const required = own.filter((name) => !empty.includes(name));
    expect([...new Set(services)].filter((name) => !empty.includes(name)).sort()).toEqual(required.sort());
  });
});
