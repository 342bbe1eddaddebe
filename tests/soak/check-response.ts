import type { GraphQLResponse, ResponseError } from '../support/client.js';
import { checkPartialResponse } from '../support/check-partial-response.js';
import { findLeaks } from '../support/check-leaks.js';
import { checkCatalogueStates } from '../support/check-catalogue-states.js';

/** What a response is checked against. */
export interface Expectation {
  /** The data while nothing is wrong. */
  readonly whole: unknown;
  /** Whether a service had a fault during the request. */
  readonly hadFault: (service: string) => boolean;
  /** What no response may contain. */
  readonly secrets: readonly string[];
}

/** The codes of a failed service. */
const failureCodes = /^(?:SUBGRAPH_(?:UNAVAILABLE|TIMEOUT|BAD_RESPONSE|ERROR)|INDEX_UNAVAILABLE)$/;

/** The problems of a response to an ordinary request: none if it is whole or lacks only data of a service with a fault. */
export function checkResponse(response: GraphQLResponse, { whole, hadFault, secrets }: Expectation): readonly string[] {
  const { status, errors = [] } = response;
  return [
    ...(status === 200 ? [] : [`status ${status}`]),
    ...checkPartialResponse(response, whole),
    ...errors.filter((error) => !isExplained(error, hadFault)).map((error) => `unexplained: ${JSON.stringify(error)}`),
    ...findLeaks(response, secrets).map((word) => `contains "${word}"`),
    ...checkCatalogueStates(response),
  ];
}

/** Whether an error is of a service that had a fault. */
export function isExplained({ extensions }: ResponseError, hadFault: (service: string) => boolean): boolean {
  return failureCodes.test(String(extensions?.['code'])) && hadFault(String(extensions?.['service']));
}
