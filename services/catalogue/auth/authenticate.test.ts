import { type LocalIssuer, startLocalIssuer } from '../../kit/auth/local-issuer.js';
import { badTokens, settingsFor } from '../../kit/testing/access-tokens.js';
import type { RunningService } from '../../kit/http/service.js';
import { silentLogger as logger } from '../../kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../kit/testing/databases.js';
import { type CatalogueOptions, startCatalogue } from '../service.js';
import { plainCatalogue, writeTables } from '../testing/test-catalogue.js';
import { createAuthenticator } from './authenticate.js';

const audience = 'reuse-graph-denmark';

describe('authentication at a catalogue', () => {
  const { folder, remove } = writeTables({
    'sources.csv': ['id,url', 's,https://example.org/'],
    'administrations.csv': [
      'id,kind,level,official_languages,name_da,source',
      'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,s',
    ],
  });
  let issuer: LocalIssuer;
  let database: ServiceDatabase;
  let open: RunningService;
  let closed: RunningService;
  let options: CatalogueOptions;
  beforeAll(async () => {
    issuer = await startLocalIssuer();
    database = await createServiceDatabase();
    options = { port: 0, databaseUrl: database.serviceUrl, migrationUrl: database.url, tables: folder, logger };
    open = await startCatalogue(plainCatalogue, { ...options, login: settingsFor(issuer.issuer, audience) });
    closed = await startCatalogue(plainCatalogue, options);
  });
  afterAll(async () => {
    await Promise.all([open.stop(), closed.stop()]);
    await database.drop();
    await issuer.stop();
    remove();
  });

  const execute = async (service: RunningService, authorization?: string, path = '/graphql') => {
    const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({ query: path === '/graphql' ? '{ denmark { country } }' : '{ _service { sdl } }' }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    const challenge = response.headers.get('www-authenticate');
    return [response.status, challenge, errors?.map(({ extensions }) => extensions.code) ?? data];
  };
  const success = [200, null, { denmark: { country: 'DK' } }];

  it('serves clients that are not logged in', async () => {
    expect(await execute(open)).toEqual(success);
    expect(await execute(closed)).toEqual(success);
  });

  it('serves clients with a valid token', async () => {
    const token = await issuer.sign({ aud: audience });
    expect(await execute(open, `Bearer ${token}`)).toEqual(success);
  });

  it('rejects an invalid token whatever the client queries', async () => {
    for (const [what, token] of Object.entries(await badTokens(issuer, { aud: audience })))
      expect([what, ...(await execute(open, `Bearer ${token}`))]).toEqual([
        what,
        401,
        'Bearer error="invalid_token"',
        ['UNAUTHENTICATED'],
      ]);
  });

  it('ignores tokens where no login is configured, and at /subgraph', async () => {
    expect(await execute(closed, 'Bearer letmein')).toEqual(success);
    expect((await execute(open, 'Bearer letmein', '/subgraph'))[0]).toBe(200);
  });

  it('serves clients without a token while the login system is unreachable', async () => {
    const gone = await startLocalIssuer();
    const token = await gone.sign({ aud: audience });
    await gone.stop();
    const service = await startCatalogue(plainCatalogue, { ...options, login: settingsFor(gone.issuer, audience) });
    expect(await execute(service)).toEqual(success);
    expect(await execute(service, `Bearer ${token}`)).toEqual([503, null, ['ISSUER_UNAVAILABLE']]);
    await service.stop();
  });
});

it('a token determines the editor and their grants', async () => {
  const issuer = await startLocalIssuer();
  const settings = { ...settingsFor(issuer.issuer, audience), rolesClaim: 'realm_access.roles' };
  const logIn = createAuthenticator(settings, logger);
  const realm_access = { roles: ['offline_access', 'reader', 'consortium-editor:dk:consortium:os2'] };
  const authorization = `Bearer ${await issuer.sign({ aud: audience, sub: 'mette', realm_access })}`;
  expect(await logIn({ headers: { authorization } })).toEqual({
    issuer: issuer.issuer,
    subject: 'mette',
    grants: [{ role: 'READER' }, { role: 'CONSORTIUM_EDITOR', consortiumId: 'dk:consortium:os2' }],
  });
  expect(await logIn({ headers: {} })).toBeNull();
  await issuer.stop();
});
