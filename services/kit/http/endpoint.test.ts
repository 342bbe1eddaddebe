import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

import { makeExecutableSchema } from '@graphql-tools/schema';

import { type RunningService, startService } from './service.js';
import { silentLogger } from '../testing/silent-logger.js';

const secrets = ['the-one-that-is-shown-from-now-on', 'the-one-that-was-shown-until-now-'];
const resolvers = { Query: { long: () => 'long '.repeat(1_000) } };
const logged: unknown[] = [];
const log = (entry: unknown): void => void logged.push(entry);
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { info: log, warn: log, error: log });

describe('an endpoint with secrets', () => {
  let service: RunningService;
  beforeAll(async () => {
    const schema = makeExecutableSchema({ typeDefs: 'type Query { hello: String long: String }', resolvers });
    const endpoint = (path: string, isPublic: boolean) => ({
      path,
      isPublic,
      secrets: isPublic ? undefined : secrets,
      options: { schema },
      createContext: () => ({}),
    });
    service = await startService({
      port: 0,
      logger,
      endpoints: [endpoint('/graphql', true), endpoint('/subgraph', false)],
      readinessProblems: () => Promise.resolve([]),
    });
  });
  afterAll(() => service.stop());

  const get = (path: string, authorization: string | undefined) =>
    fetch(`http://127.0.0.1:${service.port}${path}?query={hello}`, {
      headers: authorization === undefined ? {} : { authorization },
    });

  it.each(secrets)('serves a client that sends %s', async (secret) => {
    expect((await get('/subgraph', `Bearer ${secret}`)).status).toBe(200);
  });

  it.each([undefined, 'Bearer', 'Bearer a-secret-that-this-service-does-not-have'])(
    'rejects a client that sends %s, and does not log it',
    async (authorization) => {
      for (const path of ['/subgraph', '/subgraph/']) {
        const response = await get(path, authorization);
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(await response.json()).toEqual({
          errors: [
            {
              message: 'This endpoint is for the gateway only: send `Authorization: Bearer <secret>`.',
              extensions: { code: 'UNAUTHENTICATED' },
            },
          ],
        });
      }
      expect((await get('/SUBGRAPH', authorization)).status).toBe(404);
      expect(logged).toEqual([]);
    },
  );

  it('rejects a request before it reads the body', async () => {
    const incomplete = request({ port: service.port, path: '/subgraph', method: 'POST' });
    incomplete.setHeader('content-type', 'application/json');
    incomplete.write('{"query":');
    const [response] = (await once(incomplete, 'response')) as [IncomingMessage];
    expect([response.statusCode, await json(response)]).toEqual([401, expect.anything()]);
    incomplete.destroy();
  });

  it('serves the public endpoint without a secret', async () => {
    expect((await get('/graphql', undefined)).status).toBe(200);
  });

  it.each([
    ['/graphql', 'br', 'br'],
    ['/graphql', 'gzip', 'gzip'],
    ['/graphql', 'identity', null],
    // The gateway is near, and compression would take longer than sending.
    ['/subgraph', 'br', null],
  ])('compresses a response of %s for a client that accepts %s with %s', async (path, accepted, coding) => {
    const response = await fetch(`http://127.0.0.1:${service.port}${path}?query={long}`, {
      headers: { authorization: `Bearer ${secrets[0] ?? ''}`, 'accept-encoding': accepted },
    });
    expect(response.headers.get('content-encoding')).toBe(coding);
    if (path === '/graphql') expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(await response.json()).toEqual({ data: { long: 'long '.repeat(1_000) } });
  });
});
