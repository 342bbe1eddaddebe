import { readFileSync } from 'node:fs';

import { parse } from 'graphql';
import { z } from 'zod';

import { ConfigError } from '../../services/kit/config/config.js';
import { type DocumentStore, sha256 } from './document-store.js';
import { createTrustedDocuments } from './trusted-documents.js';

/** The content of a file of trusted documents. */
export interface TrustedDocuments {
  readonly documents: DocumentStore;
  readonly texts: readonly string[];
}

/**
 * Reads the file of trusted documents: a JSON object of texts by id, as tools that extract documents from a client write it.
 *
 * @param known texts that are known to be documents. Parsing thousands of them would block requests.
 * @throws ConfigError when it cannot be read, or is not such a file.
 */
export function readTrustedDocuments(path: string, known: ReadonlySet<string> = new Set()): TrustedDocuments {
  const problem = (text: string): ConfigError => new ConfigError([`TRUSTED_DOCUMENTS names ${path}, which ${text}`]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw problem(error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read');
  }
  const { success, data } = z.record(z.string(), z.string().min(1)).safeParse(content);
  if (!success) throw problem('must be an object of texts by id: {"sha256:…": "query …"}');
  for (const [id, text] of Object.entries(data)) {
    if (id.startsWith('sha256:') && id !== `sha256:${sha256(text)}`)
      throw problem(`contains under ${id} a text with another SHA-256`);
    if (!known.has(text) && !isDocument(text))
      throw problem(`contains under ${id} a text that is not a GraphQL document`);
  }
  return { documents: createTrustedDocuments(data), texts: Object.values(data) };
}

function isDocument(text: string): boolean {
  try {
    parse(text, { noLocation: true });
    return true;
  } catch {
    return false;
  }
}
