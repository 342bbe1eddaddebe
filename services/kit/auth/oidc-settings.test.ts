import { readIdentitySettings } from './oidc-settings.js';

const least = { BELGIUM_OIDC_ISSUER: 'https://login.example/realms/be', BELGIUM_OIDC_AUDIENCE: 'reuse-graph-belgium' };
const read = (environment: NodeJS.ProcessEnv) => readIdentitySettings('BELGIUM', environment);

describe('the login of a service', () => {
  it('is none where nothing is set, or only another’s', () => {
    expect(read({})).toBeNull();
    expect(read({ BELGIUM_OIDC_ISSUER: '', ITALY_OIDC_ISSUER: 'https://login.example' })).toBeNull();
  });

  it('needs an issuer and an audience, and has defaults for the rest', () => {
    expect(read(least)).toEqual({
      issuer: 'https://login.example/realms/be',
      audience: 'reuse-graph-belgium',
      jwksUrl: null,
      rolesClaim: 'roles',
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockToleranceSeconds: 30,
      allowsLocalIssuer: false,
    });
  });

  it('is as it is set', () => {
    const environment = {
      ...least,
      BELGIUM_OIDC_JWKS_URL: 'https://keys.example/be',
      BELGIUM_OIDC_ROLES_CLAIM: 'realm_access.roles',
      BELGIUM_OIDC_ALGORITHMS: 'ES256, EdDSA',
      BELGIUM_OIDC_CLOCK_TOLERANCE_SECONDS: '0',
    };
    expect(read(environment)).toMatchObject({
      jwksUrl: 'https://keys.example/be',
      rolesClaim: 'realm_access.roles',
      algorithms: ['ES256', 'EdDSA'],
      clockToleranceSeconds: 0,
    });
  });

  it.each([
    [
      { BELGIUM_OIDC_ISSUER: least.BELGIUM_OIDC_ISSUER },
      'BELGIUM_OIDC_AUDIENCE is missing: it goes with BELGIUM_OIDC_ISSUER',
    ],
    [{ BELGIUM_OIDC_AUDIENCE: 'x' }, 'BELGIUM_OIDC_ISSUER is missing: it goes with BELGIUM_OIDC_AUDIENCE'],
    [{ BELGIUM_OIDC_ROLES_CLAIM: 'groups' }, 'BELGIUM_OIDC_AUDIENCE is missing: it goes with BELGIUM_OIDC_ROLES_CLAIM'],
    [
      { ...least, BELGIUM_OIDC_ALGORITHMS: 'RS256,HS256' },
      'BELGIUM_OIDC_ALGORITHMS must be some of RS256, PS256, ES256, EdDSA',
    ],
    [{ ...least, BELGIUM_OIDC_ALGORITHMS: 'none' }, 'BELGIUM_OIDC_ALGORITHMS must be some of'],
    [{ ...least, BELGIUM_OIDC_ALGORITHMS: ',' }, 'BELGIUM_OIDC_ALGORITHMS must be some of'],
    [{ ...least, BELGIUM_OIDC_CLOCK_TOLERANCE_SECONDS: '301' }, 'must be a whole number from 0 to 300'],
    [{ ...least, BELGIUM_OIDC_ISSUER: 'login.example' }, 'BELGIUM_OIDC_ISSUER must be an address like https://'],
    [{ ...least, BELGIUM_OIDC_ISSUER: 'http://login.example' }, 'BELGIUM_OIDC_ISSUER must be an https address'],
    [{ ...least, BELGIUM_OIDC_JWKS_URL: 'http://login.example' }, 'BELGIUM_OIDC_JWKS_URL must be an https address'],
    [{ ...least, BELGIUM_OIDC_ISSUER: 'https://a:b@login.example' }, 'must be without a user, a password'],
  ])('are rejected by name: %j', (environment: NodeJS.ProcessEnv, message) => {
    expect(() => read(environment)).toThrow(message);
    expect(() => read(environment)).not.toThrow(/a:b/);
  });

  it.each([
    'http://127.0.0.1:4020',
    'http://localhost:4020',
    'https://[::1]',
    'http://127.8.0.1',
    'http://a.localhost',
  ])('is on this machine for development alone: %s', (address) => {
    for (const NODE_ENV of ['production', '', undefined, 'Test']) {
      for (const environment of [
        { ...least, BELGIUM_OIDC_ISSUER: address },
        { ...least, BELGIUM_OIDC_JWKS_URL: address },
      ])
        expect(() => read({ ...environment, ...(NODE_ENV === undefined ? {} : { NODE_ENV }) })).toThrow(
          'must not be on this machine, unless NODE_ENV is development or test',
        );
    }
    for (const NODE_ENV of ['development', 'test'])
      expect(read({ ...least, BELGIUM_OIDC_ISSUER: address, NODE_ENV })).toMatchObject({ allowsLocalIssuer: true });
  });
});
