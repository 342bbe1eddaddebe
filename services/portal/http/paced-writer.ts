import { EventEmitter, once } from 'node:events';

import type { Response } from 'express';

/**
 * Returns a function that writes parts of a response, and resolves once the client can be sent more. It rejects if the signal is
 * aborted meanwhile, as when the client disconnects.
 *
 * It has one listener for the whole response: those that are added to a compressed response cannot be removed from it.
 */
export function createPacedWriter(
  response: Response,
  signal: AbortSignal,
): (...parts: readonly (string | Buffer)[]) => Promise<void> {
  const drains = new EventEmitter();
  response.on('drain', () => drains.emit('drain'));
  return async (...parts) => {
    let isReady = true;
    for (const part of parts) isReady = response.write(part);
    if (!isReady) await once(drains, 'drain', { signal });
  };
}
