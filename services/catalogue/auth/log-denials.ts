import type { ApolloServerPlugin } from '@apollo/server';

import type { Logger } from '../../kit/observability/logger.js';
import { createRateLimitedLog } from '../../kit/observability/rate-limited-log.js';
import { type AuthContext, ForbiddenError } from './permissions.js';

/** Logs which editor was denied which action, at most once a second per action. The client's error message contains less. */
export function logDenials(logger: Logger): ApolloServerPlugin<Pick<AuthContext, 'editor'>> {
  const logOnce = createRateLimitedLog();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, contextValue: { editor } }) => {
          for (const { originalError: denial } of errors) {
            if (!(denial instanceof ForbiddenError)) continue;
            const { action } = denial;
            logOnce(action, (suppressed) => {
              const { issuer, subject } = editor ?? {};
              logger.warn({ action, issuer, subject, suppressed }, `denied: ${action}`);
            });
          }
          return Promise.resolve();
        },
      }),
  };
}
