import type { IncomingMessage } from 'node:http';

import type { IdentitySettings } from '../../kit/auth/oidc-settings.js';
import { createTokenVerifier } from '../../kit/auth/verify-token.js';
import type { Logger } from '../../kit/observability/logger.js';
import type { Editor } from './editor.js';
import { parseGrants } from './roles.js';

/**
 * Resolves to the editor who sends a request; null if the client is not logged in.
 *
 * @throws GraphQLError if the request's token is rejected or cannot be verified.
 */
export type Authenticate = (request: Pick<IncomingMessage, 'headers'>) => Promise<Editor | null>;

/** Authenticates by access tokens of the country's login system. Without one, no client is logged in and tokens are ignored. */
export function createAuthenticator(settings: IdentitySettings | null, logger: Logger): Authenticate {
  if (!settings) return () => Promise.resolve(null);
  const verify = createTokenVerifier(settings, logger);
  return async ({ headers }) => {
    const token = await verify(headers.authorization);
    if (!token) return null;
    const { issuer, subject, claims } = token;
    return { issuer, subject, grants: parseGrants(claims, settings.rolesClaim) };
  };
}
