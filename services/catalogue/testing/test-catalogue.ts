import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutionResult } from 'graphql';

import { type Database, runMigrations, openDatabase } from '../../kit/database/database.js';
import { executeSource } from '../../kit/testing/execute-source.js';
import { testRequest } from '../../kit/testing/test-request.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { copyTestDatabase } from '../../kit/testing/database-copies.js';
import type { Editor } from '../auth/editor.js';
import { createContext } from '../graphql/context.js';
import {
  type Catalogue,
  europeanSchemes,
  type NationalCatalogue,
  resolveCatalogue,
} from '../model/national-catalogue.js';
import { entities } from '../model/entities.js';
import { importAtStart } from '../import/tables/import-bundled.js';
import type { ImportReport } from '../import/tables/import-report.js';
import { migrations } from '../migrations/migrations.js';
import { createSchemas } from '../graphql/schema.js';
import { copyFilledCatalogue } from './filled-catalogue.js';

/** A catalogue in a database of its own, queried through its schema. */
export interface TestCatalogue {
  readonly database: Database;
  /** Executes a query and returns its data; throws its first error. */
  readonly query: (query: string, variables?: Record<string, unknown>) => Promise<unknown>;
  /** Executes an operation and returns the whole result. */
  readonly execute: (query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
  /** Executes an operation as a logged-in editor. */
  readonly executeAs: (
    editor: Editor | null,
    query: string,
    variables?: Record<string, unknown>,
  ) => Promise<ExecutionResult>;
  /** Executes an operation against the subgraph's schema, with `_entities`. */
  readonly executeAsGateway: (query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult>;
  readonly importFrom: (folder: string) => Promise<ImportReport | null>;
  /** The statements since this was last read. */
  readonly statements: () => string[];
  readonly close: () => Promise<void>;
}

/** A part of a result, by the names and indexes that lead to it: `at(data, 'denmark', 'consortia', 'nodes', 0)`. */
export const at = (data: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((part: unknown, step) => (part as Record<string | number, unknown> | null | undefined)?.[step], data);

/** A part of a result that is a list. */
export const listAt = (data: unknown, ...path: readonly (string | number)[]): unknown[] =>
  at(data, ...path) as unknown[];

/** A catalogue without anything national, over tables of the tests. It uses Denmark's entry in the list of countries. */
export const plainCatalogue: Catalogue = resolveCatalogue({
  code: 'DK',
  titles: [{ language: 'en', text: 'A catalogue for tests' }],
  languages: ['da', 'en'],
  schemes: [
    { scheme: 'DK_TEST', title: 'A letter and a digit', agency: null, pattern: '^[A-Z][0-9]$', letters: 'upper' },
    ...europeanSchemes('DK'),
  ],
  nationalColumns: ['colour'],
  administrationFields: {},
  consortiumFields: {},
});

/** Tests start the same catalogue many times, and building its schemas takes longer than most of them. */
const builtSchemas = new Map<NationalCatalogue, ReturnType<typeof createSchemas>>();

async function migrate(url: string): Promise<void> {
  const database = await openDatabase({ url, entities, migrations });
  await runMigrations(database);
  await database.close();
}

/** Starts a catalogue over tables: the country's own, or a folder's. */
export async function startTestCatalogue(national: NationalCatalogue, folder?: string): Promise<TestCatalogue> {
  const catalogue = resolveCatalogue(national);
  const { url, drop } = await (folder === undefined
    ? copyFilledCatalogue(national)
    : copyTestDatabase('catalogue', migrate));
  const seen: string[] = [];
  const database = await openDatabase({
    url,
    entities,
    migrations,
    onStatement: (text) => seen.push(text),
  });
  const importFrom = (from: string): Promise<ImportReport | null> =>
    importAtStart(catalogue, from, database, silentLogger);
  if (folder !== undefined) await importFrom(folder);

  const schemas = builtSchemas.get(national) ?? createSchemas(catalogue);
  builtSchemas.set(national, schemas);
  const executorOf =
    (schema: typeof schemas.open, editor: Editor | null) =>
    (source: string, variableValues?: Record<string, unknown>): Promise<ExecutionResult> =>
      executeSource(schema, source, createContext(catalogue, database, testRequest(), editor), variableValues);
  const execute = executorOf(schemas.open, null);
  return {
    database,
    execute,
    executeAs: (editor, query, variables) => executorOf(schemas.open, editor)(query, variables),
    // It is built only for the tests that use it.
    executeAsGateway: (query, variables) => executorOf(schemas.subgraph, null)(query, variables),
    query: async (query, variables) => {
      const { data, errors } = await execute(query, variables);
      if (errors) throw errors[0] ?? new Error('an empty list of errors');
      // Plain objects: GraphQL's have no prototype, which Jest distinguishes.
      return JSON.parse(JSON.stringify(data)) as unknown;
    },
    importFrom,
    statements: () => seen.splice(0),
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

/** Tables in a folder of their own, by file name; lines as in a file. */
export function writeTables(tables: Readonly<Record<string, readonly string[]>>): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'reuse-graph-tables-'));
  for (const [file, lines] of Object.entries(tables)) writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
