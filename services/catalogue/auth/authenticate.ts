import type { IncomingMessage } from 'node:http';

import type { IdentitySettings } from '../../kit/auth/oidc-settings.js';
import { createTokenVerifier } from '../../kit/auth/verify-token.js';
import type { Logger } from '../../kit/observability/logger.js';
import type { Editor } from './editor.js';
import { parseGrants } from './roles.js';

/**
 * Says who sends a request; null where nobody is logged in.
 *
 * @throws GraphQLError when they show a token that is not taken, or that cannot be checked.
 */
export type Authenticate = (request: Pick<IncomingMessage, 'headers'>) => Promise<Editor | null>;

/** By access tokens of the login system of a country. Without one nobody can log in, and tokens are passed over. */
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
