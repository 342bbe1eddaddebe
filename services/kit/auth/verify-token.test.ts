import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { GraphQLError } from 'graphql';

import { silentLogger } from '../testing/silent-logger.js';
import { badTokens, settingsFor } from '../testing/access-tokens.js';
import { defaultJwksTimes, type JwksTimes } from './jwks-cache.js';
import { type LocalIssuer, startLocalIssuer } from './local-issuer.js';
import { algorithms, type IdentitySettings } from './oidc-settings.js';
import { createTokenVerifier, type TokenVerifier } from './verify-token.js';

const audience = 'reuse-graph-denmark';
const lines: unknown[] = [];
const write = (...line: unknown[]): void => void lines.push(line);
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { warn: write, error: write });
beforeEach(() => lines.splice(0));

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error as GraphQLError).extensions['code'],
  );

describe('an access token', () => {
  let issuer: LocalIssuer;
  let verify: TokenVerifier;
  beforeAll(async () => {
    issuer = await startLocalIssuer();
    verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger);
  });
  afterAll(() => issuer.stop());

  it.each(algorithms)('is accepted with all its claims when it is signed by %s', async (algorithm) => {
    const other = await startLocalIssuer({ algorithm });
    const verifyOther = createTokenVerifier(settingsFor(other.issuer, audience), logger);
    const token = await other.sign({ sub: 'mette', aud: audience, roles: ['reader'] });
    expect(await verifyOther(`Bearer ${token}`)).toEqual({
      issuer: other.issuer,
      subject: 'mette',
      claims: expect.objectContaining({ roles: ['reader'] }) as unknown,
    });
    await other.stop();
  });

  it.each([
    ['of several audiences', { aud: ['another', audience] }, {}],
    ['of an issuer older than RFC 9068', { aud: audience, scope: 'openid' }, { typ: 'JWT' }],
    ['without a type', { aud: audience, client_id: 'editor' }, { typ: undefined }],
    ['of Okta', { aud: audience, scp: ['openid'], cid: 'editor' }, { typ: undefined }],
    ['of Entra ID for a user', { aud: audience, scp: 'access', azp: 'editor' }, { typ: 'JWT' }],
    ['of Entra ID for an application', { aud: audience, azp: 'import', azpacr: '1' }, { typ: 'JWT' }],
    ['with a type in full', { aud: audience }, { typ: 'application/at+jwt' }],
    ['without a key’s id where there is one key', { aud: audience }, { kid: undefined }],
    ['of Keycloak, of which older versions add a nonce', { aud: audience, typ: 'Bearer', nonce: 'n' }, { typ: 'JWT' }],
    ['of Cognito', { aud: audience, token_use: 'access' }, { typ: undefined }],
    ['of RFC 9068 whatever other claims it has', { aud: audience, nonce: 'n', auth_time: 1 }, { typ: 'AT+JWT' }],
  ])('is accepted %s', async (_what, claims, header) => {
    const token = await issuer.sign(claims, header);
    for (const scheme of ['Bearer ', 'bearer ', 'BEARER  '])
      expect(await verify(scheme + token)).toMatchObject({ subject: 'developer' });
  });

  it('is accepted as long as it is valid by the clock of its issuer, within the tolerance', async () => {
    const tolerant = createTokenVerifier(
      { ...settingsFor(issuer.issuer, audience), clockToleranceSeconds: 120 },
      logger,
    );
    const now = Math.floor(Date.now() / 1_000);
    for (const claims of [{ exp: now - 60 }, { nbf: now + 60 }])
      expect(await codeOf(tolerant(`Bearer ${await issuer.sign({ aud: audience, ...claims })}`))).toBe('accepted');
  });

  it.each([undefined, '', 'Basic bWV0dGU6', 'Bearers x', 'DPoP x'])('is absent in the header %j', async (header) => {
    expect(await verify(header)).toBeNull();
  });

  it('is rejected with the same message, whatever is wrong with it', async () => {
    const bad = await badTokens(issuer, { aud: audience, roles: ['reader'] });
    const results = await Promise.all(
      Object.entries(bad).map(async ([what, token]) => {
        const result = await verify(`Bearer ${token}`).then(
          () => 'accepted',
          (error: unknown) => {
            const { message, extensions } = error as GraphQLError;
            const { status, headers } = extensions['http'] as unknown as {
              status: number;
              headers: Map<string, string>;
            };
            return [message, extensions['code'], status, [...headers]];
          },
        );
        return [what, result];
      }),
    );
    const rejection = [
      'This access token is not accepted. Get a new one from your login system; reading needs none.',
      'UNAUTHENTICATED',
      401,
      [['www-authenticate', 'Bearer error="invalid_token"']],
    ];
    expect(Object.fromEntries(results)).toEqual(Object.fromEntries(Object.keys(bad).map((what) => [what, rejection])));
    expect(await codeOf(verify('Bearer'))).toBe('UNAUTHENTICATED');

    // The log contains the reason, and no part of a token.
    expect(JSON.stringify(lines)).toContain('"reason":"expired"');
    for (const token of Object.values(bad))
      for (const part of token.split('.').filter((text) => text.length > 20))
        expect(JSON.stringify(lines)).not.toContain(part.slice(0, 20));
  });

  it('is rejected a thousand times with a few lines in the log, and without another request to the issuer', async () => {
    const before = issuer.keyRequests();
    const tokens = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => issuer.sign({ aud: audience }, { kid: `made-up-${index}` })),
    );
    const codes = await Promise.all(tokens.map((token) => codeOf(verify(`Bearer ${token}`))));
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
    expect(issuer.keyRequests() - before).toBeLessThanOrEqual(1);
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  it('is rejected without the type of RFC 9068 when the settings require it', async () => {
    const strict = createTokenVerifier({ ...settingsFor(issuer.issuer, audience), tokenTypes: ['at+jwt'] }, logger);
    const codes = await Promise.all(
      ['at+jwt', 'JWT', undefined].map(async (typ) =>
        codeOf(strict(`Bearer ${await issuer.sign({ aud: audience, typ: 'Bearer' }, { typ })}`)),
      ),
    );
    expect(codes).toEqual(['accepted', 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  it('is rejected when its algorithm is not among those in the settings', async () => {
    const strict = createTokenVerifier({ ...settingsFor(issuer.issuer, audience), algorithms: ['PS256'] }, logger);
    expect(await codeOf(strict(`Bearer ${await issuer.sign({ aud: audience })}`))).toBe('UNAUTHENTICATED');
  });
});

describe('the keys of an issuer', () => {
  const times: JwksTimes = { ...defaultJwksTimes, cooldownMs: 0 };
  let issuer: LocalIssuer;
  beforeEach(async () => {
    issuer = await startLocalIssuer();
  });
  afterEach(() => issuer.stop());
  const verifyNew = async (verify: TokenVerifier): Promise<unknown> =>
    codeOf(verify(`Bearer ${await issuer.sign({ aud: audience })}`));

  it('are fetched once, for any number of tokens', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger);
    expect(issuer.keyRequests()).toBe(0);
    expect(await Promise.all(Array.from({ length: 50 }, () => verifyNew(verify)))).not.toContain('UNAUTHENTICATED');
    expect(issuer.keyRequests()).toBe(1);
  });

  it('are fetched from the address in the settings', async () => {
    const settings = { ...settingsFor('https://login.example', audience), jwksUrl: `${issuer.issuer}/keys` };
    const verify = createTokenVerifier(settings, logger);
    expect(await codeOf(verify(`Bearer ${await issuer.sign({ aud: audience, iss: 'https://login.example' })}`))).toBe(
      'accepted',
    );
  });

  it('may rotate: a new key is found, and an old one is accepted as long as it is published', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, times);
    const old = `Bearer ${await issuer.sign({ aud: audience })}`;
    expect(await codeOf(verify(old))).toBe('accepted');
    await issuer.rotate();
    expect([await verifyNew(verify), await codeOf(verify(old))]).toEqual(['accepted', 'accepted']);
    await issuer.rotate();
    expect([await verifyNew(verify), await codeOf(verify(old))]).toEqual(['accepted', 'UNAUTHENTICATED']);
  });

  it('are tried for a token without a key’s id, if there are not too many', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger);
    const sign = async (): Promise<string> => `Bearer ${await issuer.sign({ aud: audience }, { kid: undefined })}`;
    const old = await sign();
    await issuer.rotate();
    expect([await codeOf(verify(await sign())), await codeOf(verify(old))]).toEqual(['accepted', 'accepted']);
    const other = await startLocalIssuer();
    const forged = await other.sign({ aud: audience, iss: issuer.issuer }, { kid: undefined });
    await other.stop();
    const expired = await issuer.sign({ aud: audience, exp: 1 }, { kid: undefined });
    for (const token of [forged, expired]) expect(await codeOf(verify(`Bearer ${token}`))).toBe('UNAUTHENTICATED');
    expect(JSON.stringify(lines)).toContain('signed by none of the first 10 keys');
  });

  it('are fetched again when they are older than maxAgeMs', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, { ...times, maxAgeMs: 0 });
    expect([await verifyNew(verify), await verifyNew(verify)]).toEqual(['accepted', 'accepted']);
    expect(issuer.keyRequests()).toBe(2);
  });

  it('are used for a while when the issuer is down, and an unknown key is reported as ISSUER_UNAVAILABLE', async () => {
    const stale = { ...times, maxAgeMs: 0 };
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, stale);
    const known = `Bearer ${await issuer.sign({ aud: audience })}`;
    expect(await codeOf(verify(known))).toBe('accepted');
    await issuer.stop();
    expect(await codeOf(verify(known))).toBe('accepted');
    await issuer.rotate();
    expect(await verifyNew(verify)).toBe('ISSUER_UNAVAILABLE');
    expect(JSON.stringify(lines)).toContain('the keys of the login system cannot be fetched');
  });

  it('are not used after maxStaleMs', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, {
      ...times,
      maxAgeMs: 0,
      maxStaleMs: -1,
    });
    await verifyNew(verify);
    await issuer.stop();
    expect(await verifyNew(verify)).toBe('ISSUER_UNAVAILABLE');
  });
});

describe('a faulty issuer', () => {
  let server: Server;
  let origin: string;
  let requests = 0;
  let pages: Readonly<Record<string, string | undefined>> = {};
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      const page = pages[request.url ?? ''];
      if (page?.startsWith('http')) response.writeHead(302, { location: page }).end();
      else if (page === undefined) response.writeHead(500).end();
      else if (page !== 'silence') response.end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const discoveryPath = '/.well-known/openid-configuration';
  const document = (changes: object): string =>
    JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys`, ...changes });

  it.each<[string, () => Record<string, string>, string, Partial<IdentitySettings>?]>([
    ['responds with an error', () => ({}), 'responds with status 500'],
    [
      'states another issuer',
      () => ({ [discoveryPath]: document({ issuer: 'https://login.example' }) }),
      'names another issuer',
    ],
    ['names no keys', () => ({ [discoveryPath]: document({ jwks_uri: undefined }) }), 'is not a discovery document'],
    [
      'has its keys at an http address',
      () => ({ [discoveryPath]: document({ jwks_uri: 'http://192.0.2.1/' }) }),
      'not at an https address',
    ],
    [
      'has its keys in a file',
      () => ({ [discoveryPath]: document({ jwks_uri: 'file:///etc/passwd' }) }),
      'not at an https address',
    ],
    ['redirects', () => ({ [discoveryPath]: 'http://192.0.2.1/' }), 'fetch failed'],
    ['sends HTML', () => ({ [discoveryPath]: '<html>' }), 'JSON'],
    [
      'sends too much',
      () => ({ [discoveryPath]: document({ filler: 'x'.repeat(300_000) }) }),
      'more than 262144 bytes',
    ],
    [
      'sends an invalid key set',
      () => ({ [discoveryPath]: document({}), '/keys': '{"keys":{}}' }),
      'is not a JSON Web Key Set',
    ],
    [
      'is for development',
      () => ({ [discoveryPath]: document({}), '/keys': '{"keys":[{"kty":"EC","kid":"not-for-production-1"}]}' }),
      'is an issuer for development',
      { allowsLocalIssuer: false },
    ],
    ['never responds', () => ({ [discoveryPath]: 'silence' }), 'aborted due to timeout'],
  ])(
    'makes every token ISSUER_UNAVAILABLE with one line in the log, if it %s',
    async (_what, served, reason, changes = {}) => {
      pages = served();
      requests = 0;
      const verify = createTokenVerifier({ ...settingsFor(origin, audience), ...changes }, logger, {
        ...defaultJwksTimes,
        timeoutMs: reason.includes('timeout') ? 500 : 20_000,
      });
      const verifyAny = (): Promise<unknown> => codeOf(verify('Bearer eyJhbGciOiJFUzI1NiJ9.e30.AAAA'));
      expect(await Promise.all(Array.from({ length: 100 }, verifyAny))).toEqual(Array(100).fill('ISSUER_UNAVAILABLE'));
      expect(await verifyAny()).toBe('ISSUER_UNAVAILABLE');
      expect(requests).toBeLessThanOrEqual(2);
      expect(lines).toHaveLength(1);
      expect(String((lines[0] as [{ err: Error }])[0].err)).toContain(reason);
    },
  );
});
