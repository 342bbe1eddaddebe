import { createHash } from 'node:crypto';

import type { Asked, Question } from '../request/graphql-request.js';

/** Knows the texts of operations that clients name instead of sending them. */
export interface Documents {
  /**
   * Puts the text of an operation in the place of its name.
   *
   * @throws Refusal when the name is of none, or of none that may run.
   */
  readonly resolve: (asked: Asked) => Asked;
}

/** The same request, asked by its text alone: Apollo Server reads nothing but what was found here. */
export function askByText(method: Asked['form']['method'], query: string, question: Question): Asked {
  const { operationName, variables } = question;
  return {
    form: { method, ...(method === 'POST' ? inBody : inAddress)({ query, operationName, variables }) },
    question: { query, operationName, variables, documentId: null, sha256Hash: null },
  };
}

type ByText = Pick<Question, 'operationName' | 'variables'> & { readonly query: string };

const inBody = (body: ByText) => ({ search: '', body });

function inAddress({ query, operationName, variables }: ByText) {
  const parameters = new URLSearchParams({ query });
  if (operationName !== null) parameters.set('operationName', operationName);
  if (variables !== null) parameters.set('variables', JSON.stringify(variables));
  return { search: `?${parameters.toString()}`, body: undefined };
}

/** The SHA-256 of a text, as clients write it. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
