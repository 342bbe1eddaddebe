import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

import { ConfigError } from '../config/config.js';
import { listen } from '../listen.js';
import { localKeyPrefix } from './fetch-jwks.js';
import type { Algorithm } from './oidc-settings.js';

export interface LocalIssuerOptions {
  /** Default: any that is free. */
  readonly port?: number;
  readonly algorithm?: Algorithm;
}

/** Whatever a token is to say; what is undefined it leaves out. */
type Said = Readonly<Record<string, unknown>>;

/** An issuer of access tokens for development and tests: over real HTTP, and giving anybody any role. */
export interface LocalIssuer {
  /** Its address: `iss`. */
  readonly issuer: string;
  /** Signs any claims, also those that no service should take. What is not said is as in an ordinary token. */
  readonly sign: (claims: Said, header?: Said) => Promise<string>;
  /** Signs with a new key from now on. The one before stays published; those before that are withdrawn. */
  readonly rotate: () => Promise<void>;
  /** How often somebody asked for its keys. */
  readonly keyRequests: () => number;
  readonly stop: () => Promise<void>;
}

const lifetimeSeconds = 3_600;
const longestBody = 10_000;

/**
 * Starts a local issuer: discovery, keys, a token endpoint for client credentials (RFC 6749, with `role` besides) and `POST
 * /rotate`.
 *
 * @throws ConfigError in production.
 */
export async function startLocalIssuer({
  port = 0,
  algorithm = 'ES256',
}: LocalIssuerOptions = {}): Promise<LocalIssuer> {
  if (process.env['NODE_ENV'] === 'production')
    throw new ConfigError([
      'NODE_ENV is production: the local issuer gives anybody any role, and starts for nobody there',
    ]);
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
  const answers: Readonly<Record<string, (request: IncomingMessage) => Promise<Answer>>> = {
    'GET /.well-known/openid-configuration': () => Promise.resolve(discovery(issuer, algorithm)),
    'GET /keys': () => {
      keyRequests += 1;
      return Promise.resolve({ status: 200, body: { keys: keys.map(({ publicJwk }) => publicJwk) } });
    },
    'POST /token': async (request) => giveToken(new URLSearchParams(await readBody(request)), sign),
    'POST /rotate': async () => {
      await rotate();
      return { status: 200, body: { kid: keys[0]?.publicJwk.kid } };
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[`${request.method ?? ''} ${request.url ?? ''}`];
    void (answer?.(request) ?? Promise.resolve(notFound(Object.keys(answers)))).then(
      (found) => {
        reply(response, found);
      },
      () => {
        reply(response, refused('invalid_request', `The body can have ${longestBody} characters.`));
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

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const discovery = (issuer: string, algorithm: Algorithm): Answer => ({
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

/** The client is the subject, and has whatever roles it asks for. */
async function giveToken(asked: URLSearchParams, sign: LocalIssuer['sign']): Promise<Answer> {
  const [subject, audience] = [asked.get('client_id') ?? '', asked.get('audience') ?? ''];
  const seconds = asked.get('expires_in') ?? String(lifetimeSeconds);
  if (asked.get('grant_type') !== 'client_credentials')
    return refused('unsupported_grant_type', 'grant_type must be client_credentials.');
  if (subject === '') return refused('invalid_client', 'client_id is missing: it becomes the subject.');
  if (audience === '') return refused('invalid_target', 'audience is missing: the service that takes the token.');
  if (!/^\d{1,6}$/.test(seconds)) return refused('invalid_request', 'expires_in must be a number of seconds.');
  const token = await sign({
    sub: subject,
    aud: audience,
    roles: asked.getAll('role'),
    exp: Math.floor(Date.now() / 1_000) + Number(seconds),
  });
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: Number(seconds) } };
}

const refused = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

const notFound = (places: readonly string[]): Answer => ({
  status: 404,
  body: { error: 'not_found', error_description: `There is ${places.join(', ')}.` },
});

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > longestBody) throw new Error('The body is too large.');
  }
  return text;
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
