import { createHash } from 'node:crypto';

/** Names a text as Apollo Server does. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Names an operation among those that its text holds. */
export const keyOf = (hash: string, operationName: string | undefined): string => `${hash} ${operationName ?? ''}`;
