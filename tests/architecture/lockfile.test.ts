import { satisfies } from 'semver';

import { readProjectFile } from '../../schema/files.js';

interface Entry {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

type Packages = Readonly<Record<string, Entry>>;

/** Where Node finds a package that another imports: in the nearest `node_modules` on the way to the root. */
function resolve(packages: Packages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '') return undefined;
  }
}

/** What a package depends on that the lockfile lacks, or has in another version. Overridden versions are meant to differ. */
function findUnresolved(packages: Packages, overridden: readonly string[]): string[] {
  return Object.entries(packages).flatMap(([place, entry]) => {
    const isOptional = (name: string): boolean =>
      name in (entry.optionalDependencies ?? {}) || entry.peerDependenciesMeta?.[name]?.optional === true;
    // Only the root's development dependencies are installed.
    const wanted = {
      ...entry.peerDependencies,
      ...(place === '' ? entry.devDependencies : {}),
      ...entry.optionalDependencies,
      ...entry.dependencies,
    };
    return Object.entries(wanted).flatMap(([name, range]) => {
      const found = resolve(packages, place, name);
      // A package that is not installed harms only those that need it; one in another version also those that can do without.
      if (found === undefined) return isOptional(name) ? [] : [`${place} needs ${name}@${range}`];
      const { version = '' } = packages[found] ?? {};
      const fits = range.startsWith('npm:') || satisfies(version, range, { includePrerelease: true });
      return fits || overridden.includes(name) ? [] : [`${place} needs ${name}@${range}, not ${found}@${version}`];
    });
  });
}

describe('package-lock.json', () => {
  it('has each package that another needs, optional peers in a version that fits, as npm 10 requires', () => {
    const { packages } = JSON.parse(readProjectFile('package-lock.json')) as { packages: Packages };
    const { overrides } = JSON.parse(readProjectFile('package.json')) as { overrides: object };
    expect(findUnresolved(packages, Object.keys(overrides))).toEqual([]);
  });

  it('is checked by the nearest copy of a package', () => {
    const packages: Packages = {
      '': { dependencies: { a: '^1.0.0', lost: '*' }, optionalDependencies: { other: '*' } },
      'node_modules/a': { version: '1.2.0' },
      'node_modules/b': { version: '3.0.0' },
      'node_modules/a/node_modules/c': {
        version: '1.0.0',
        peerDependencies: { b: '^2.0.0', d: '*' },
        peerDependenciesMeta: { b: { optional: true }, d: { optional: true } },
      },
    };
    const c = 'node_modules/a/node_modules/c';
    expect(findUnresolved(packages, [])).toEqual([' needs lost@*', `${c} needs b@^2.0.0, not node_modules/b@3.0.0`]);
    expect(findUnresolved({ ...packages, 'node_modules/a/node_modules/b': { version: '2.1.0' } }, [])).toHaveLength(1);
    expect(findUnresolved(packages, ['b'])).toHaveLength(1);
  });
});
