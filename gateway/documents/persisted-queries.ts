import { LRUCache } from 'lru-cache';

import { sizeOfText } from '../../services/kit/graphql/compact-document.js';
import { requestByText, type DocumentStore, sha256 } from './document-store.js';
import { HttpError } from '../../services/kit/http-error.js';

/** The memory of an entry in addition to its texts: measured, with a margin. */
const entryOverheadBytes = 300;

/**
 * Automatic persisted queries, as in Apollo's clients: a client sends a text once, and from then on its SHA-256. The store
 * has room for some thousands of texts: a client whose text was evicted gets an error and sends it again.
 *
 * Apollo Server has this feature too, but treats a hash of another text as an internal error, and logs it.
 */
export function createPersistedQueries(megabytes = 8): DocumentStore {
  const texts = new LRUCache<string, string>({
    maxSize: megabytes * 1024 * 1024,
    sizeCalculation: (text, hash) => sizeOfText(text) + hash.length + entryOverheadBytes,
  });
  return {
    resolve: (request) => {
      const { httpRequest, params } = request;
      if (!params || params.sha256Hash === null) return request;
      const { query, sha256Hash } = params;
      if (query !== null) {
        if (sha256(query) !== sha256Hash) throw hashMismatch();
        texts.set(sha256Hash, query);
      }
      const text = query ?? texts.get(sha256Hash);
      if (text === undefined) throw queryNotFound();
      return requestByText(httpRequest.method, text, params);
    },
  };
}

/** Clients recognise this message, and send the text. */
const queryNotFound = (): HttpError =>
  new HttpError('PersistedQueryNotFound', { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });

const hashMismatch = (): HttpError =>
  new HttpError('`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query` in hexadecimal digits.', {
    status: 400,
    code: 'PERSISTED_QUERY_MISMATCH',
  });
