import { requestByText, type DocumentStore, sha256 } from './document-store.js';
import type { GraphQLParams } from '../request/graphql-request.js';
import { HttpError } from '../../services/kit/http-error.js';

/**
 * Allows trusted documents only: by `documentId`, by their SHA-256, or by their exact text.
 *
 * @param documents texts by their ids. Each can be requested by its SHA-256 as well, whatever its id.
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
    resolve: ({ httpRequest: { method }, params }) => {
      const text = params && findText(params);
      // A malformed request cannot be recognised as trusted.
      if (!params || text === undefined) throw notTrusted();
      return requestByText(method, text, params);
    },
  };
}

const notTrusted = (): HttpError =>
  new HttpError(
    'This gateway executes trusted documents only. Send the `documentId` or the exact text of one, or ask the operator to add yours.',
    { status: 403, code: 'DOCUMENT_NOT_TRUSTED' },
  );
