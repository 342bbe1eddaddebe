import { readIdentitySettings } from './oidc-settings.js';

const minimal = {
  BELGIUM_OIDC_ISSUER: 'https://login.example/realms/be',
  BELGIUM_OIDC_AUDIENCE: 'reuse-graph-belgium',
};
const read = (environment: NodeJS.ProcessEnv) => readIdentitySettings('BELGIUM', environment);

describe('the identity settings of a service', () => {
  it('are null if no variable of this service is set', () => {
    expect(read({})).toBeNull();
    expect(read({ BELGIUM_OIDC_ISSUER: '', ITALY_OIDC_ISSUER: 'https://login.example' })).toBeNull();
  });

  it('require an issuer and an audience, and have defaults for the rest', () => {
    expect(read(minimal)).toEqual({
      issuer: 'https://login.example/realms/be',
      audience: 'reuse-graph-belgium',
      jwksUrl: null,
      rolesClaim: 'roles',
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      tokenTypes: ['at+jwt', 'JWT'],
      clockToleranceSeconds: 30,
      allowsLocalIssuer: false,
    });
  });

  it('contain the values of all variables', () => {
    const environment = {
      ...minimal,
      BELGIUM_OIDC_JWKS_URL: 'https://keys.example/be',
      BELGIUM_OIDC_ROLES_CLAIM: 'realm_access.roles',
      BELGIUM_OIDC_ALGORITHMS: 'ES256, EdDSA',
      BELGIUM_OIDC_TOKEN_TYPES: 'at+jwt',
      BELGIUM_OIDC_CLOCK_TOLERANCE_SECONDS: '0',
    };
    expect(read(environment)).toMatchObject({
      jwksUrl: 'https://keys.example/be',
      rolesClaim: 'realm_access.roles',
      algorithms: ['ES256', 'EdDSA'],
      tokenTypes: ['at+jwt'],
      clockToleranceSeconds: 0,
    });
  });

  it.each([
    [
      { BELGIUM_OIDC_ISSUER: minimal.BELGIUM_OIDC_ISSUER },
      'BELGIUM_OIDC_AUDIENCE is missing: it goes with BELGIUM_OIDC_ISSUER',
    ],
    [{ BELGIUM_OIDC_AUDIENCE: 'x' }, 'BELGIUM_OIDC_ISSUER is missing: it goes with BELGIUM_OIDC_AUDIENCE'],
    [{ BELGIUM_OIDC_ROLES_CLAIM: 'groups' }, 'BELGIUM_OIDC_AUDIENCE is missing: it goes with BELGIUM_OIDC_ROLES_CLAIM'],
    [
      { ...minimal, BELGIUM_OIDC_ALGORITHMS: 'RS256,HS256' },
      'BELGIUM_OIDC_ALGORITHMS must be some of RS256, PS256, ES256, EdDSA',
    ],
    [{ ...minimal, BELGIUM_OIDC_ALGORITHMS: 'none' }, 'BELGIUM_OIDC_ALGORITHMS must be some of'],
    [{ ...minimal, BELGIUM_OIDC_ALGORITHMS: ',' }, 'BELGIUM_OIDC_ALGORITHMS must be some of'],
    [{ ...minimal, BELGIUM_OIDC_CLOCK_TOLERANCE_SECONDS: '301' }, 'must be a whole number from 0 to 300'],
    [{ ...minimal, BELGIUM_OIDC_ISSUER: 'login.example' }, 'BELGIUM_OIDC_ISSUER must be an address like https://'],
    [{ ...minimal, BELGIUM_OIDC_ISSUER: 'http://login.example' }, 'BELGIUM_OIDC_ISSUER must be an https address'],
    [{ ...minimal, BELGIUM_OIDC_JWKS_URL: 'http://login.example' }, 'BELGIUM_OIDC_JWKS_URL must be an https address'],
    [{ ...minimal, BELGIUM_OIDC_ISSUER: 'https://a:b@login.example' }, 'must be without a user, a password'],
  ])('are rejected with the name of the variable: %j', (environment: NodeJS.ProcessEnv, message) => {
    expect(() => read(environment)).toThrow(message);
    expect(() => read(environment)).not.toThrow(/a:b/);
  });

  it.each([
    'http://127.0.0.1:4020',
    'http://localhost:4020',
    'https://[::1]',
    'http://127.8.0.1',
    'http://a.localhost',
  ])('accept an issuer on this machine in development and tests only: %s', (address) => {
    for (const NODE_ENV of ['production', '', undefined, 'Test']) {
      for (const environment of [
        { ...minimal, BELGIUM_OIDC_ISSUER: address },
        { ...minimal, BELGIUM_OIDC_JWKS_URL: address },
      ])
        expect(() => read({ ...environment, ...(NODE_ENV === undefined ? {} : { NODE_ENV }) })).toThrow(
          'must not be on this machine, unless NODE_ENV is development or test',
        );
    }
    for (const NODE_ENV of ['development', 'test'])
      expect(read({ ...minimal, BELGIUM_OIDC_ISSUER: address, NODE_ENV })).toMatchObject({ allowsLocalIssuer: true });
  });
});
