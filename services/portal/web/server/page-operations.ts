import { readdirSync } from 'node:fs';

import { projectPath } from '../../../../schema/files.js';
import { readOperation } from '../../operations/stored-operations.js';

/** The operations of the pages: `operations/pages/<name>.graphql`. */
export interface PageOperations {
  /** The texts by name. */
  readonly all: Readonly<Record<string, string>>;
  /** The text of an operation of a loader. */
  readonly textOf: (name: string) => string;
  /** The text of an operation that a client names. Undefined if there is none. */
  readonly find: (name: string) => string | undefined;
}

export function readPageOperations(): PageOperations {
  const texts = new Map(
    readdirSync(projectPath('services/portal/operations/pages'))
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => file.replace('.graphql', ''))
      .map((name) => [name, readOperation(`pages/${name}`)]),
  );
  return {
    all: Object.fromEntries(texts),
    textOf: (name) => {
      const text = texts.get(name);
      if (text === undefined) throw new Error(`The operation ${name} does not exist.`);
      return text;
    },
    find: (name) => texts.get(name),
  };
}
