import { existsSync, readdirSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../schema/files.js';

/** An operation with its variables. */
export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The operations of a folder, ordered by name. */
const operationsIn = (folder: string): readonly Example[] =>
  readdirSync(projectPath(folder))
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const name = file.replace('.graphql', '');
      return { name, query: readProjectFile(`${folder}/${file}`), variables: variablesOf(`${folder}/${name}`) };
    });

function variablesOf(operation: string): Example['variables'] {
  const path = `${operation}.variables.json`;
  return existsSync(projectPath(path)) ? (JSON.parse(readProjectFile(path)) as Example['variables']) : {};
}

export const examples = operationsIn('gateway/playground/operations');

/** The operations that answer the thirty questions of tests/officer/questions.md, one for each. */
export const officerOperations = operationsIn('tests/officer/operations');
