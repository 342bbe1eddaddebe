import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { ConfigError } from '../../services/kit/config.js';
import { type Documents, sha256 } from '../door/documents.js';
import { trustOnly } from './trusted-documents.js';

/**
 * Reads the file of trusted documents: a JSON object of texts by id, as tools that extract documents from a client write it.
 *
 * @throws ConfigError when it cannot be read, or is no such file.
 */
export function readTrustedDocuments(path: string): Documents {
  const problem = (text: string): ConfigError => new ConfigError([`TRUSTED_DOCUMENTS names ${path}, which ${text}`]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw problem(error instanceof SyntaxError ? 'is no JSON' : 'cannot be read');
  }
  const { success, data } = z.record(z.string(), z.string().min(1)).safeParse(content);
  if (!success) throw problem('must be an object of texts by id: {"sha256:…": "query …"}');
  for (const [id, text] of Object.entries(data)) {
    if (id.startsWith('sha256:') && id !== `sha256:${sha256(text)}`)
      throw problem(`has under ${id} a text with another SHA-256`);
  }
  return trustOnly(data);
}
