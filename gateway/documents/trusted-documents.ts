import { askByText, type Documents, sha256 } from './document-store.js';
import type { Question } from '../request/graphql-request.js';
import { Refusal } from '../request/http-error.js';

/**
 * The only documents that may run: named by `documentId`, by their SHA-256, or sent in full.
 *
 * @param documents texts by their ids. Each is known by its SHA-256 as well, whatever its id.
 */
export function trustOnly(documents: Readonly<Record<string, string>>): Documents {
  const byId = new Map(Object.entries(documents));
  const byHash = new Map([...byId.values()].map((text) => [sha256(text), text]));
  const texts = new Set(byId.values());

  const textOf = ({ query, documentId, sha256Hash }: Question): string | undefined => {
    if (documentId !== null) return byId.get(documentId) ?? byHash.get(documentId.replace(/^sha256:/, ''));
    if (query !== null) return texts.has(query) ? query : undefined;
    return sha256Hash === null ? undefined : byHash.get(sha256Hash);
  };

  return {
    resolve: ({ form: { method }, question }) => {
      const text = question && textOf(question);
      // What is malformed cannot be told to be trusted.
      if (!question || text === undefined) throw notTrusted();
      return askByText(method, text, question);
    },
  };
}

const notTrusted = (): Refusal =>
  new Refusal(
    'Only documents that the operator of this gateway trusts can run here. Name one by `documentId` or send its exact text, or ask the operator to add yours.',
    { status: 403, code: 'DOCUMENT_NOT_TRUSTED' },
  );
