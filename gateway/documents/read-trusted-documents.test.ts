import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConfigError } from '../../services/kit/config/config.js';
import { sha256 } from './document-store.js';
import { readTrustedDocuments } from './read-trusted-documents.js';

const folder = mkdtempSync(join(tmpdir(), 'documents-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const path = join(folder, 'documents.json');
const read = (content: string) => {
  writeFileSync(path, content);
  return readTrustedDocuments(path);
};

it('readTrustedDocuments reads texts by their ids', () => {
  const { documents, texts } = read(JSON.stringify({ a: '{ a }', [`sha256:${sha256('{ b }')}`]: '{ b }' }));
  const httpRequest = { method: 'GET', search: '', body: undefined } as const;
  const params = { query: null, operationName: null, variables: null, documentId: 'a', sha256Hash: null };
  expect(documents.resolve({ httpRequest, params }).params?.query).toBe('{ a }');
  expect(texts).toEqual(['{ a }', '{ b }']);
});

it.each([
  ['is not valid JSON', '{'],
  ['must be an object', '[]'],
  ['must be an object', '{"a":1}'],
  ['must be an object', '{"a":""}'],
  ['contains under a .* not a GraphQL document', '{"a":"{ a"}'],
  ['another SHA-256', JSON.stringify({ [`sha256:${sha256('{ b }')}`]: '{ a }' })],
])('readTrustedDocuments names the variable when it rejects a file that %s', (reason, content) => {
  expect(() => read(content)).toThrow(ConfigError);
  expect(() => read(content)).toThrow(new RegExp(`TRUSTED_DOCUMENTS names .*${reason}`));
});

it('readTrustedDocuments rejects a file that does not exist', () => {
  expect(() => readTrustedDocuments(join(folder, 'none.json'))).toThrow('cannot be read');
});
