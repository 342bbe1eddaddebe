import { createHash } from 'node:crypto';

import type { ParsedRequest, GraphQLParams } from '../request/graphql-request.js';

/** Resolves ids and hashes of documents, which clients send instead of texts. */
export interface DocumentStore {
  /**
   * Replaces the id or hash of a document by its text.
   *
   * @throws HttpError when the document is unknown, or not trusted.
   */
  readonly resolve: (request: ParsedRequest) => ParsedRequest;
}

/** Creates the equivalent request that contains only the text, so that Apollo Server uses no other document. */
export function requestByText(
  method: ParsedRequest['httpRequest']['method'],
  query: string,
  params: GraphQLParams,
): ParsedRequest {
  const { operationName, variables } = params;
  return {
    httpRequest: { method, ...(method === 'POST' ? toBody : toSearch)({ query, operationName, variables }) },
    params: { query, operationName, variables, documentId: null, sha256Hash: null },
  };
}

type TextParams = Pick<GraphQLParams, 'operationName' | 'variables'> & { readonly query: string };

const toBody = (body: TextParams) => ({ search: '', body });

function toSearch({ query, operationName, variables }: TextParams) {
  const search = new URLSearchParams({ query });
  if (operationName !== null) search.set('operationName', operationName);
  if (variables !== null) search.set('variables', JSON.stringify(variables));
  return { search: `?${search.toString()}`, body: undefined };
}

/** Returns the SHA-256 of a text, in hexadecimal digits as clients send it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
