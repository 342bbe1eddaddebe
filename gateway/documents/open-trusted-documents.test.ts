import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { openTrustedDocuments, type TrustedDocumentsFile } from './open-trusted-documents.js';

const folder = mkdtempSync(join(tmpdir(), 'trusted-documents-'));
const path = join(folder, 'documents.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Replaces the file at once, so that no half of it is read. */
function replace(content: string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

const logged: unknown[] = [];
const write = (fields: unknown): void => void logged.push(fields);
let file: TrustedDocumentsFile;
const added: (readonly string[])[] = [];
beforeEach(async () => {
  writeFileSync(path, '{"a":"{ a }"}');
  file = await openTrustedDocuments({ path, watchMs: 5, logger: { info: () => undefined, warn: write, error: write } });
  file.onChange((texts) => added.push(texts));
});
afterEach(async () => {
  await file.stop();
  logged.splice(0);
  added.splice(0);
});

/** The text of a document, or the code of the error. */
const resolve = (documentId: string): unknown => {
  const params = { query: null, operationName: null, variables: null, documentId, sha256Hash: null };
  try {
    return file.documents.resolve({ httpRequest: { method: 'GET', search: '', body: undefined }, params }).params
      ?.query;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

it('new trusted documents are served without a restart, and others are not any more', async () => {
  expect([resolve('a'), resolve('b')]).toEqual(['{ a }', 'DOCUMENT_NOT_TRUSTED']);
  replace('{"b":"{ b }","c":"{ c }","d":"{ a }"}');
  await waitUntil('the new documents', () => added.length > 0);
  expect([resolve('a'), resolve('b'), resolve('d')]).toEqual(['DOCUMENT_NOT_TRUSTED', '{ b }', '{ a }']);
  expect(added).toEqual([['{ b }', '{ c }']]);
  expect(file.texts()).toEqual(['{ b }', '{ c }', '{ a }']);
});

it.each([
  ['is not valid JSON', '{"b":"{ b }"', 'is not valid JSON'],
  ['has a text that is not a document', '{"b":"{ b"}', 'not a GraphQL document'],
  ['does not exist', null, 'cannot be read'],
])(
  'the previous documents are served while the new file %s, with the reason in the log once',
  async (_what, content, reason) => {
    if (content === null) rmSync(path);
    else replace(content);
    await waitUntil('the error', () => file.loadError() !== null);
    expect(file.loadError()).toBe('the latest trusted documents cannot be used; the log has the reason');
    expect(logged).toEqual([{ reason: expect.stringContaining(reason) as string }]);
    expect(resolve('a')).toBe('{ a }');
    replace('{"b":"{ b }"}');
    await waitUntil('the new documents', () => file.loadError() === null);
    expect([resolve('a'), resolve('b')]).toEqual(['DOCUMENT_NOT_TRUSTED', '{ b }']);
  },
);
