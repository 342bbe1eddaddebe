import { createHash } from 'node:crypto';

import type { OperationDefinitionNode } from 'graphql';

/** Names a text as Apollo Server does. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

const keys = new WeakMap<OperationDefinitionNode, string>();

/** Names an operation among those of the text that it stands in. The same string each time: maps find a new one more slowly. */
export function getOperationKey(hash: string, operation: OperationDefinitionNode): string {
  const key = keys.get(operation) ?? `${hash} ${operation.name?.value ?? ''}`;
  keys.set(operation, key);
  return key;
}
