import { createHash } from 'node:crypto';

import type { ParsedRequest, GraphQLParams } from '../request/graphql-request.js';

/** Knows the texts of operations that clients name instead of sending them. */
export interface DocumentStore {
  /**
   * Puts the text of an operation in the place of its name.
   *
   * @throws HttpError when the name is of none, or of none that may run.
   */
  readonly resolve: (asked: ParsedRequest) => ParsedRequest;
}

/** The same request, asked by its text alone: Apollo Server reads nothing but what was found here. */
export function requestByText(
  method: ParsedRequest['httpRequest']['method'],
  query: string,
  question: GraphQLParams,
): ParsedRequest {
  const { operationName, variables } = question;
  return {
    httpRequest: { method, ...(method === 'POST' ? toBody : toSearch)({ query, operationName, variables }) },
    params: { query, operationName, variables, documentId: null, sha256Hash: null },
  };
}

type TextParams = Pick<GraphQLParams, 'operationName' | 'variables'> & { readonly query: string };

const toBody = (body: TextParams) => ({ search: '', body });

function toSearch({ query, operationName, variables }: TextParams) {
  const parameters = new URLSearchParams({ query });
  if (operationName !== null) parameters.set('operationName', operationName);
  if (variables !== null) parameters.set('variables', JSON.stringify(variables));
  return { search: `?${parameters.toString()}`, body: undefined };
}

/** The SHA-256 of a text, as clients write it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
