import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Kind, type OperationDefinitionNode, parse, type VariableDefinitionNode } from 'graphql';

import { projectPath, readProjectFile } from '../../../schema/files.js';
import type { JsonObject } from '../gateway/gateway-client.js';

/** An operation that clients name instead of sending it. */
export interface StoredOperation {
  /** The name of its file, without a number before it: `who-already-has-it`. */
  readonly name: string;
  /** The comment at its start. */
  readonly description: string;
  readonly query: string;
  readonly variables: readonly VariableDefinitionNode[];
  /** Values of variables that it is tried with; empty if it needs none. */
  readonly exampleVariables: JsonObject;
  /** Its list, where a client has to name it: one without pages below the root. */
  readonly list: string | undefined;
}

const lists: Readonly<Record<string, string>> = { memberships: 'organisation.memberships' };

const examplesFolder = 'gateway/playground/operations';
const listsFolder = 'services/portal/operations/lists';

/** Reads the example operations of the playground. */
export const readExamples = (): StoredOperation[] => readOperations(examplesFolder);

/** Reads the portal's own operations, each of one list. */
export const readLists = (): StoredOperation[] => readOperations(listsFolder);

/** Reads an operation of the portal itself: the text of `operations/<name>.graphql`. */
export const readOperation = (name: string): string => readProjectFile(`services/portal/operations/${name}.graphql`);

const readOperations = (folder: string): StoredOperation[] =>
  readdirSync(projectPath(folder))
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => toStoredOperation(folder, file));

function toStoredOperation(folder: string, file: string): StoredOperation {
  const query = readProjectFile(join(folder, file));
  const variablesFile = join(folder, file.replace('.graphql', '.variables.json'));
  const operation = parse(query).definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const name = file.replace(/^\d+-/, '').replace('.graphql', '');
  return {
    name,
    list: lists[name],
    description: readDescription(query),
    query,
    variables: operation?.variableDefinitions ?? [],
    exampleVariables: existsSync(projectPath(variablesFile))
      ? (JSON.parse(readProjectFile(variablesFile)) as JsonObject)
      : {},
  };
}

/** The lines of the comment that a text begins with. */
function readDescription(query: string): string {
  const lines = query.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n')
    .trim();
}
