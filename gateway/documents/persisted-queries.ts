import { LRUCache } from 'lru-cache';

import { requestByText, type DocumentStore, sha256 } from './document-store.js';
import { HttpError } from '../request/http-error.js';

/**
 * Remembers texts that clients sent once, to name them by their SHA-256 from then on (automatic persisted queries, as Apollo's
 * clients do it). There is room for some thousands: whose text was forgotten is told so, and sends it again.
 *
 * Apollo Server could do this too, but takes a hash of another text for a fault, and logs it.
 */
export function createPersistedQueries(megabytes = 8): DocumentStore {
  const texts = new LRUCache<string, string>({
    maxSize: megabytes * 1024 * 1024,
    sizeCalculation: (text, hash) => text.length + hash.length,
  });
  return {
    resolve: (asked) => {
      const { httpRequest: form, params: question } = asked;
      if (!question || question.sha256Hash === null) return asked;
      const { query, sha256Hash } = question;
      if (query !== null) {
        if (sha256(query) !== sha256Hash) throw hashMismatch();
        texts.set(sha256Hash, query);
      }
      const text = query ?? texts.get(sha256Hash);
      if (text === undefined) throw queryNotFound();
      return requestByText(form.method, text, question);
    },
  };
}

/** By these words clients know that they have to send the text. */
const queryNotFound = (): HttpError =>
  new HttpError('PersistedQueryNotFound', { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });

const hashMismatch = (): HttpError =>
  new HttpError('`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`, in hexadecimal digits.', {
    status: 400,
    code: 'PERSISTED_QUERY_MISMATCH',
  });
