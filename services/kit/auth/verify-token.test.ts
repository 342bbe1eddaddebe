import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { GraphQLError } from 'graphql';

import { silentLogger } from '../observability/logger.js';
import { type IssuerTimes, standardTimes } from './jwks-cache.js';
import { type LocalIssuer, startLocalIssuer } from './local-issuer.js';
import { algorithms, type IdentitySettings } from './oidc-settings.js';
import { badTokens, settingsFor } from './testing.js';
import { createTokenVerifier, type TokenVerifier } from './verify-token.js';

const audience = 'reuse-graph-denmark';
const lines: unknown[] = [];
const write = (...line: unknown[]): void => void lines.push(line);
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { warn: write, error: write });
beforeEach(() => lines.splice(0));

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
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

  it.each(algorithms)('is taken when it is signed by %s, with all that it says', async (algorithm) => {
    const other = await startLocalIssuer({ algorithm });
    const takes = createTokenVerifier(settingsFor(other.issuer, audience), logger);
    const token = await other.sign({ sub: 'mette', aud: audience, roles: ['reader'] });
    expect(await takes(`Bearer ${token}`)).toEqual({
      issuer: other.issuer,
      subject: 'mette',
      claims: expect.objectContaining({ roles: ['reader'] }) as unknown,
    });
    await other.stop();
  });

  it.each([
    ['of several audiences', { aud: ['another', audience] }, {}],
    ['of an issuer older than RFC 9068', { aud: audience }, { typ: 'JWT' }],
    ['without a type', { aud: audience }, { typ: undefined }],
    ['with a type in full', { aud: audience }, { typ: 'application/at+jwt' }],
    ['without a key’s id where there is one key', { aud: audience }, { kid: undefined }],
  ])('is taken %s', async (_what, claims, header) => {
    const token = await issuer.sign(claims, header);
    for (const scheme of ['Bearer ', 'bearer ', 'BEARER  '])
      expect(await verify(scheme + token)).toMatchObject({ subject: 'developer' });
  });

  it('is taken as long as it could be good by the clock of its issuer', async () => {
    const patient = createTokenVerifier(
      { ...settingsFor(issuer.issuer, audience), clockToleranceSeconds: 120 },
      logger,
    );
    const now = Math.floor(Date.now() / 1_000);
    for (const claims of [{ exp: now - 60 }, { nbf: now + 60 }])
      expect(await codeOf(patient(`Bearer ${await issuer.sign({ aud: audience, ...claims })}`))).toBe('taken');
  });

  it.each([undefined, '', 'Basic bWV0dGU6', 'Bearers x', 'DPoP x'])('is not there in %j', async (header) => {
    expect(await verify(header)).toBeNull();
  });

  it('is refused in the same words, whatever is wrong with it', async () => {
    const bad = await badTokens(issuer, { aud: audience, roles: ['reader'] });
    const told = await Promise.all(
      Object.entries(bad).map(async ([what, token]) => {
        const answer = await verify(`Bearer ${token}`).then(
          () => 'taken',
          (error: unknown) => {
            const { message, extensions } = error as GraphQLError;
            const { status, headers } = extensions['http'] as unknown as {
              status: number;
              headers: Map<string, string>;
            };
            return [message, extensions['code'], status, [...headers]];
          },
        );
        return [what, answer];
      }),
    );
    const refusal = [
      'This access token is not taken here. Ask your login system for a new one; reading needs none.',
      'UNAUTHENTICATED',
      401,
      [['www-authenticate', 'Bearer error="invalid_token"']],
    ];
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(Object.keys(bad).map((what) => [what, refusal])));
    expect(await codeOf(verify('Bearer'))).toBe('UNAUTHENTICATED');

    // The log says why, and nothing of what was shown.
    expect(JSON.stringify(lines)).toContain('"reason":"expired"');
    for (const token of Object.values(bad))
      for (const part of token.split('.').filter((text) => text.length > 20))
        expect(JSON.stringify(lines)).not.toContain(part.slice(0, 20));
  });

  it('is refused by the thousand with a line or two in the log, and without asking the issuer again', async () => {
    const before = issuer.keyRequests();
    const tokens = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => issuer.sign({ aud: audience }, { kid: `made-up-${index}` })),
    );
    const codes = await Promise.all(tokens.map((token) => codeOf(verify(`Bearer ${token}`))));
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']));
    expect(issuer.keyRequests() - before).toBeLessThanOrEqual(1);
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  it('is refused when its algorithm is not among those that are set', async () => {
    const strict = createTokenVerifier({ ...settingsFor(issuer.issuer, audience), algorithms: ['PS256'] }, logger);
    expect(await codeOf(strict(`Bearer ${await issuer.sign({ aud: audience })}`))).toBe('UNAUTHENTICATED');
  });
});

describe('the keys of an issuer', () => {
  const times: IssuerTimes = { ...standardTimes, pause: 0 };
  let issuer: LocalIssuer;
  beforeEach(async () => {
    issuer = await startLocalIssuer();
  });
  afterEach(() => issuer.stop());
  const show = async (verify: TokenVerifier): Promise<unknown> =>
    codeOf(verify(`Bearer ${await issuer.sign({ aud: audience })}`));

  it('are asked for once, for any number of tokens', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger);
    expect(issuer.keyRequests()).toBe(0);
    expect(await Promise.all(Array.from({ length: 50 }, () => show(verify)))).not.toContain('UNAUTHENTICATED');
    expect(issuer.keyRequests()).toBe(1);
  });

  it('are taken where the settings say', async () => {
    const settings = { ...settingsFor('https://login.example', audience), jwksUrl: `${issuer.issuer}/keys` };
    const verify = createTokenVerifier(settings, logger);
    expect(await codeOf(verify(`Bearer ${await issuer.sign({ aud: audience, iss: 'https://login.example' })}`))).toBe(
      'taken',
    );
  });

  it('may change: the new one is found, the old one is good as long as it is published', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, times);
    const old = `Bearer ${await issuer.sign({ aud: audience })}`;
    expect(await codeOf(verify(old))).toBe('taken');
    await issuer.rotate();
    expect([await show(verify), await codeOf(verify(old))]).toEqual(['taken', 'taken']);
    await issuer.rotate();
    expect([await show(verify), await codeOf(verify(old))]).toEqual(['taken', 'UNAUTHENTICATED']);
  });

  it('are asked for again when they are no longer fresh', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, { ...times, fresh: -1 });
    expect([await show(verify), await show(verify)]).toEqual(['taken', 'taken']);
    expect(issuer.keyRequests()).toBe(2);
  });

  it('are good for a while when the issuer is gone, and a new one is nobody’s fault', async () => {
    const stale = { ...times, fresh: -1 };
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, stale);
    const known = `Bearer ${await issuer.sign({ aud: audience })}`;
    expect(await codeOf(verify(known))).toBe('taken');
    await issuer.stop();
    expect(await codeOf(verify(known))).toBe('taken');
    await issuer.rotate();
    expect(await show(verify)).toBe('ISSUER_UNAVAILABLE');
    expect(JSON.stringify(lines)).toContain('the keys of the login system cannot be had');
  });

  it('are not good for ever', async () => {
    const verify = createTokenVerifier(settingsFor(issuer.issuer, audience), logger, { ...times, fresh: -1, kept: -1 });
    await show(verify);
    await issuer.stop();
    expect(await show(verify)).toBe('ISSUER_UNAVAILABLE');
  });
});

describe('an issuer that is not as it should be', () => {
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

  const place = '/.well-known/openid-configuration';
  const document = (changes: object): string =>
    JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys`, ...changes });

  it.each<[string, () => Record<string, string>, string, Partial<IdentitySettings>?]>([
    ['answers nothing of use', () => ({}), 'answers with status 500'],
    ['is another', () => ({ [place]: document({ issuer: 'https://login.example' }) }), 'speaks of another issuer'],
    ['says nothing of keys', () => ({ [place]: document({ jwks_uri: undefined }) }), 'is no discovery document'],
    [
      'has keys in the open',
      () => ({ [place]: document({ jwks_uri: 'http://192.0.2.1/' }) }),
      'not at an https address',
    ],
    [
      'has keys in a file',
      () => ({ [place]: document({ jwks_uri: 'file:///etc/passwd' }) }),
      'not at an https address',
    ],
    ['leads elsewhere', () => ({ [place]: 'http://192.0.2.1/' }), 'fetch failed'],
    ['sends a page', () => ({ [place]: '<html>' }), 'JSON'],
    ['sends too much', () => ({ [place]: document({ filler: 'x'.repeat(300_000) }) }), 'more than 262144 bytes'],
    ['has no keys', () => ({ [place]: document({}), '/keys': '{"keys":{}}' }), 'is no JSON Web Key Set'],
    [
      'is for development',
      () => ({ [place]: document({}), '/keys': '{"keys":[{"kty":"EC","kid":"not-for-production-1"}]}' }),
      'is an issuer for development',
      { takesLocalIssuer: false },
    ],
    ['keeps silent', () => ({ [place]: 'silence' }), 'aborted due to timeout'],
  ])('cannot be asked: it %s', async (_what, served, reason, changes = {}) => {
    pages = served();
    requests = 0;
    const verify = createTokenVerifier({ ...settingsFor(origin, audience), ...changes }, logger, {
      ...standardTimes,
      answer: reason.includes('timeout') ? 500 : 20_000,
    });
    const show = (): Promise<unknown> => codeOf(verify('Bearer eyJhbGciOiJFUzI1NiJ9.e30.AAAA'));
    expect(await Promise.all(Array.from({ length: 100 }, show))).toEqual(Array(100).fill('ISSUER_UNAVAILABLE'));
    expect(await show()).toBe('ISSUER_UNAVAILABLE');
    expect(requests).toBeLessThanOrEqual(2);
    expect(lines).toHaveLength(1);
    expect(String((lines[0] as [{ err: Error }])[0].err)).toContain(reason);
  });
});
