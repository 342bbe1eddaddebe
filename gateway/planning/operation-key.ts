import { createHash } from 'node:crypto';

import type { OperationDefinitionNode } from 'graphql';

/** Returns Apollo Server's `queryHash` of a text. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

const keys = new WeakMap<OperationDefinitionNode, string>();

/**
 * Returns the key of an operation in a text. Always the same string object, because maps look up new strings more slowly.
 */
export function getOperationKey(hash: string, operation: OperationDefinitionNode): string {
  const key = keys.get(operation) ?? `${hash} ${operation.name?.value ?? ''}`;
  keys.set(operation, key);
  return key;
}
