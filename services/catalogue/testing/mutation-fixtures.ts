import type { Editor, Grant } from '../auth/editor.js';
import { at, listAt, plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from './test-catalogue.js';

const source = 's,https://example.org/,,,,';

/** Organisations for mutations: A to R except D; X, which ended in 2010; consortia K and L, and M, which ended in 2015. */
export const tables = {
  'sources.csv': ['id,url,asserted_by,licence,retrieved_at,note', source],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,nuts,start,end,source',
    ...Array.from(
      'abcefghijklmnopqr',
      (id) => `dk:administration:${id},MUNICIPALITY,LOCAL,da,${id.toUpperCase()}by,DK011,,,s`,
    ),
    'dk:administration:x,MUNICIPALITY,LOCAL,da,Xby,DK011,,2010-01-01,s',
  ],
  'consortia.csv': [
    'id,kind,name_da,start,end,open_to_kinds,open_to_nuts,source',
    'dk:consortium:k,ASSOCIATION,Kreds,,,MUNICIPALITY,DK,s',
    'dk:consortium:l,ASSOCIATION,Laug,,,,,s',
    'dk:consortium:m,ASSOCIATION,Middag,,2015-01-01,,,s',
  ],
  'identifiers.csv': ['organisation,scheme,notation', 'dk:administration:a,DK_TEST,A1'],
  'memberships.csv': [
    'id,consortium,member,role,start,end,source',
    'dk:membership:k-a,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,,s',
    'dk:membership:k-b,dk:consortium:k,dk:administration:b,MEMBER,2012-01-01,2014-01-01,s',
  ],
} as const;

/** An editor with these grants, of the tests' issuer. */
const editorWith = (...grants: readonly Grant[]): Editor => ({
  issuer: 'https://issuer.example',
  subject: grants.map(({ role }) => role.toLowerCase()).join('+'),
  grants,
});
export const administrator = editorWith({ role: 'ADMINISTRATOR' });
export const catalogueEditor = editorWith({ role: 'CATALOGUE_EDITOR' });
export const reader = editorWith({ role: 'READER' });
export const editorOfK = editorWith({ role: 'CONSORTIUM_EDITOR', consortiumId: 'dk:consortium:k' });
export const editorOfA = editorWith({ role: 'ADMINISTRATION_EDITOR', administrationId: 'dk:administration:a' });

export const declared = { method: 'DECLARED', assertedBy: 'Kreds' };

/** A mutation's payload: what a test looks at. */
export interface TestPayload {
  readonly failures: readonly { readonly code: string; readonly message: string; readonly field: string[] | null }[];
  readonly [field: string]: unknown;
}

/** A catalogue that is written to. */
export interface MutationCatalogue extends TestCatalogue {
  /** Executes a mutation and returns its payload. `select` names the fields to select besides the failures. */
  readonly mutate: (
    mutation: string,
    input: Readonly<Record<string, unknown>>,
    select?: string,
    editor?: Editor,
  ) => Promise<TestPayload>;
  /** The whole feed, oldest first: `UPSERT dk:membership:k-a`. */
  readonly feed: () => Promise<string[]>;
  /** How many entries the audit trail has. */
  readonly countAuditEntries: () => Promise<number>;
}

let lastKey = 0;

/** Starts a catalogue over `tables`, or other files, in a database of its own. */
export async function startMutationCatalogue(
  files: Readonly<Record<string, readonly string[]>> = tables,
): Promise<MutationCatalogue> {
  const { folder, remove } = writeTables(files);
  const catalogue = await startTestCatalogue(plainCatalogue, folder);
  remove();
  const typeOf = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  return {
    ...catalogue,
    mutate: async (mutation, given, select = '', editor = catalogueEditor) => {
      const input = { idempotencyKey: `key ${(lastKey += 1)}`, reason: 'for a test', ...given };
      const query = `mutation ($input: ${typeOf(mutation)}) {
        ${mutation}(input: $input) { ${select} failures { code message field } } }`;
      const { data, errors } = await catalogue.executeAs(editor, query, { input });
      if (errors) throw errors[0] ?? new Error('an empty list of errors');
      return JSON.parse(JSON.stringify(data?.[mutation])) as TestPayload;
    },
    feed: async () => {
      const data = await catalogue.query('{ denmark { changes(first: 1000) { nodes { kind subjectId } } } }');
      return listAt(data, 'denmark', 'changes', 'nodes').map(
        (node) => `${String(at(node, 'kind'))} ${String(at(node, 'subjectId'))}`,
      );
    },
    countAuditEntries: async () => {
      const [row] = await catalogue.database.query<{ count: number }>(`SELECT count(*)::int FROM audit_entry`);
      return row?.count ?? 0;
    },
  };
}

/** What went wrong, as `CODE field`. */
export const failureCodes = ({ failures }: TestPayload): string[] =>
  failures.map(({ code, field }) => [code, ...(field ?? [])].join(' '));
