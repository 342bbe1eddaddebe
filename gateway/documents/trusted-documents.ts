import { requestByText, type DocumentStore, sha256 } from './document-store.js';
import type { GraphQLParams } from '../request/graphql-request.js';
import { HttpError } from '../request/http-error.js';

/**
 * The only documents that may run: named by `documentId`, by their SHA-256, or sent in full.
 *
 * @param documents texts by their ids. Each is known by its SHA-256 as well, whatever its id.
 */
export function createTrustedDocuments(documents: Readonly<Record<string, string>>): DocumentStore {
  const byId = new Map(Object.entries(documents));
  const byHash = new Map([...byId.values()].map((text) => [sha256(text), text]));
  const texts = new Set(byId.values());

  const findText = ({ query, documentId, sha256Hash }: GraphQLParams): string | undefined => {
    if (documentId !== null) return byId.get(documentId) ?? byHash.get(documentId.replace(/^sha256:/, ''));
    if (query !== null) return texts.has(query) ? query : undefined;
    return sha256Hash === null ? undefined : byHash.get(sha256Hash);
  };

  return {
    resolve: ({ httpRequest: { method }, params: question }) => {
      const text = question && findText(question);
      // What is malformed cannot be told to be trusted.
      if (!question || text === undefined) throw notTrusted();
      return requestByText(method, text, question);
    },
  };
}

const notTrusted = (): HttpError =>
  new HttpError(
    'Only documents that the operator of this gateway trusts can run here. Name one by `documentId` or send its exact text, or ask the operator to add yours.',
    { status: 403, code: 'DOCUMENT_NOT_TRUSTED' },
  );
