import { startLocalIssuer, type LocalIssuer } from './local-issuer.js';

describe('the local issuer', () => {
  let issuer: LocalIssuer;
  beforeAll(async () => {
    issuer = await startLocalIssuer();
  });
  afterAll(() => issuer.stop());

  const requestToken = (form: Record<string, string>) =>
    fetch(`${issuer.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
  const validForm = { grant_type: 'client_credentials', client_id: 'mette', audience: 'denmark', role: 'reader' };

  it('gives a client the roles that it requests', async () => {
    const response = await requestToken({ ...validForm, expires_in: '60' });
    const { access_token: token, ...rest } = (await response.json()) as { access_token: string };
    expect([response.status, rest]).toEqual([200, { token_type: 'Bearer', expires_in: 60 }]);
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      iss: issuer.issuer,
      sub: 'mette',
      aud: 'denmark',
      roles: ['reader'],
    });
  });

  it.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ client_id: '' }, 'invalid_client'],
    [{ audience: '' }, 'invalid_target'],
    [{ expires_in: 'long' }, 'invalid_request'],
    [{ role: 'x'.repeat(20_000) }, 'invalid_request'],
  ])('rejects a token request with %j and states why', async (changes, error) => {
    const response = await requestToken({ ...validForm, ...changes });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ error })]);
  });

  it('lists its endpoints for an unknown one', async () => {
    const response = await fetch(`${issuer.issuer}/authorize`);
    expect(await response.text()).toContain('POST /token');
  });

  it('does not start in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    await expect(startLocalIssuer()).rejects.toThrow('NODE_ENV is production');
    process.env['NODE_ENV'] = before;
  });
});
