import { existsSync, readdirSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';

/** An operation of the playground. */
export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const folder = 'gateway/playground/operations';

export const examples: readonly Example[] = readdirSync(projectPath(folder))
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => {
    const name = file.replace('.graphql', '');
    return { name, query: readProjectFile(`${folder}/${file}`), variables: variablesOf(name) };
  });

function variablesOf(name: string): Example['variables'] {
  const path = `${folder}/${name}.variables.json`;
  return existsSync(projectPath(path)) ? (JSON.parse(readProjectFile(path)) as Example['variables']) : {};
}
