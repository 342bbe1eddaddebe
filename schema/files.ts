import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: the same for sources and for what is compiled into `dist/`, so that files need no copying. */
export const projectRoot = ((): string => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** The absolute path of a file of the project, named from its root. */
export const projectPath = (path: string): string => join(projectRoot, path);

/** The text of a file of the project, named from its root. Throws when there is none. */
export const readProjectFile = (path: string): string => readFileSync(projectPath(path), 'utf8');

/** The committed SDL of a subgraph: what it must implement. */
export const readSubgraphSdl = (folder: string): string => readProjectFile(`services/${folder}/schema.graphql`);

const writesFolder = 'services/catalogue/graphql/mutations';

/** The SDL of what logged-in editors write, the same in every country, whose own types are called `National…` in it. */
export const readMutationsSdl = (): string =>
  readdirSync(projectPath(writesFolder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => readProjectFile(`${writesFolder}/${file}`))
    .join('\n');

/** The composed schema that the gateway serves. */
export const supergraphPath = projectPath('schema/supergraph.graphql');

/** Those of these files, by their paths from the root, that are absent or hold something else. */
export const findOutdatedFiles = (files: ReadonlyMap<string, string>): string[] =>
  [...files].flatMap(([path, content]) =>
    existsSync(projectPath(path)) && readProjectFile(path) === content ? [] : [path],
  );
