import type { Answer, AnswerError } from '../support/client.js';
import { checkPartialAnswer } from '../support/check-partial-response.js';
import { findLeaks } from '../support/check-leaks.js';
import { checkCatalogueStates } from '../support/check-catalogue-states.js';

/** What an answer is checked against. */
export interface Expectation {
  /** The data, when all is well. */
  readonly whole: unknown;
  /** Whether something was wrong with a service while this was asked. */
  readonly wasInTrouble: (service: string) => boolean;
  /** What no client may be told. */
  readonly secrets: readonly string[];
}

/** By which a client is told that a service failed. */
const known = /^(?:SUBGRAPH_(?:UNAVAILABLE|TIMEOUT|BAD_RESPONSE|ERROR)|INDEX_UNAVAILABLE)$/;

/** What is wrong with an answer to an ordinary question: nothing, if it is whole or lacks only what a service in trouble owns. */
export function checkAnswer(answer: Answer, { whole, wasInTrouble, secrets }: Expectation): readonly string[] {
  const { status, errors = [] } = answer;
  return [
    ...(status === 200 ? [] : [`status ${status}`]),
    ...checkPartialAnswer(answer, whole),
    ...errors
      .filter((error) => !isExplained(error, wasInTrouble))
      .map((error) => `unexplained: ${JSON.stringify(error)}`),
    ...findLeaks(answer, secrets).map((word) => `tells "${word}"`),
    ...checkCatalogueStates(answer),
  ];
}

/** Whether an error is of a service that had reason to fail. */
export function isExplained({ extensions }: AnswerError, wasInTrouble: (service: string) => boolean): boolean {
  return known.test(String(extensions?.['code'])) && wasInTrouble(String(extensions?.['service']));
}
