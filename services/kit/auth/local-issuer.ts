import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

import { ConfigError } from '../config/config.js';
import { readBounded } from '../http/read-bounded.js';
import { listen } from '../listen.js';
import { localKeyPrefix } from './fetch-jwks.js';
import type { Algorithm } from './oidc-settings.js';

export interface LocalIssuerOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly algorithm?: Algorithm;
}

/** The claims or the header of a token; undefined removes a default one. */
type TokenPart = Readonly<Record<string, unknown>>;

/** An issuer of access tokens for development and tests: over real HTTP, and giving any client any role. */
export interface LocalIssuer {
  /** Its URL: `iss`. */
  readonly issuer: string;
  /** Signs any claims, including those that every service must reject. The others are those of an ordinary token. */
  readonly sign: (claims: TokenPart, header?: TokenPart) => Promise<string>;
  /** Signs with a new key from now on. The previous one stays published; older ones are withdrawn. */
  readonly rotate: () => Promise<void>;
  /** How many times its keys were fetched. */
  readonly keyRequests: () => number;
  readonly stop: () => Promise<void>;
}

const lifetimeSeconds = 3_600;
const maxBodyBytes = 10_000;

/**
 * Starts a local issuer: discovery, keys, a token endpoint for client credentials (RFC 6749, with an additional `role`) and `POST
 * /rotate`.
 *
 * @throws ConfigError in production.
 */
export async function startLocalIssuer({
  port = 0,
  algorithm = 'ES256',
}: LocalIssuerOptions = {}): Promise<LocalIssuer> {
  if (process.env['NODE_ENV'] === 'production')
    throw new ConfigError(['NODE_ENV is production: the local issuer gives any client any role, so it does not start']);
  let keys = [await createKey(algorithm)];
  let keyRequests = 0;
  let issuer = '';

  const sign: LocalIssuer['sign'] = async (claims, header) => {
    const [{ privateKey, publicJwk }] = keys as [Key];
    const now = Math.floor(Date.now() / 1_000);
    const standard = { iss: issuer, sub: 'developer', iat: now, exp: now + lifetimeSeconds };
    return new SignJWT({ ...standard, ...claims })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: publicJwk.kid, ...header } as JWTHeaderParameters)
      .sign(privateKey);
  };
  const rotate = async (): Promise<void> => {
    keys = [await createKey(algorithm), ...keys.slice(0, 1)];
  };
  const routes: Readonly<Record<string, (request: IncomingMessage) => Promise<JsonResponse>>> = {
    'GET /.well-known/openid-configuration': () => Promise.resolve(discovery(issuer, algorithm)),
    'GET /keys': () => {
      keyRequests += 1;
      return Promise.resolve({ status: 200, body: { keys: keys.map(({ publicJwk }) => publicJwk) } });
    },
    'POST /token': async (request) =>
      issueToken(
        new URLSearchParams(await readBounded(request, maxBodyBytes, () => new Error('The body is too large.'))),
        sign,
      ),
    'POST /rotate': async () => {
      await rotate();
      return { status: 200, body: { kid: keys[0]?.publicJwk.kid } };
    },
  };
  const server = createServer((request, response) => {
    const route = routes[`${request.method ?? ''} ${request.url ?? ''}`];
    void (route?.(request) ?? Promise.resolve(notFound(Object.keys(routes)))).then(
      (result) => {
        send(response, result);
      },
      () => {
        send(response, rejected('invalid_request', `The body can have at most ${maxBodyBytes} bytes.`));
      },
    );
  });
  issuer = `http://127.0.0.1:${await listen(server, port, '127.0.0.1')}`;
  return {
    issuer,
    sign,
    rotate,
    keyRequests: () => keyRequests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Key {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

async function createKey(algorithm: Algorithm): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const kid = `${localKeyPrefix}${randomBytes(8).toString('hex')}`;
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
}

interface JsonResponse {
  readonly status: number;
  readonly body: unknown;
}

const discovery = (issuer: string, algorithm: Algorithm): JsonResponse => ({
  status: 200,
  body: {
    issuer,
    jwks_uri: `${issuer}/keys`,
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['none'],
    response_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [algorithm],
  },
});

/** The client is the subject, and gets every role that it requests. */
async function issueToken(form: URLSearchParams, sign: LocalIssuer['sign']): Promise<JsonResponse> {
  const [subject, audience] = [form.get('client_id') ?? '', form.get('audience') ?? ''];
  const seconds = form.get('expires_in') ?? String(lifetimeSeconds);
  if (form.get('grant_type') !== 'client_credentials')
    return rejected('unsupported_grant_type', 'grant_type must be client_credentials.');
  if (subject === '') return rejected('invalid_client', 'client_id is missing: it becomes the subject.');
  if (audience === '') return rejected('invalid_target', 'audience is missing: the service that takes the token.');
  if (!/^\d{1,6}$/.test(seconds)) return rejected('invalid_request', 'expires_in must be a number of seconds.');
  const token = await sign({
    sub: subject,
    aud: audience,
    roles: form.getAll('role'),
    exp: Math.floor(Date.now() / 1_000) + Number(seconds),
  });
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: Number(seconds) } };
}

const rejected = (error: string, description: string): JsonResponse => ({
  status: 400,
  body: { error, error_description: description },
});

const notFound = (routes: readonly string[]): JsonResponse => ({
  status: 404,
  body: { error: 'not_found', error_description: `The endpoints are ${routes.join(', ')}.` },
});

function send(response: ServerResponse, { status, body }: JsonResponse): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
