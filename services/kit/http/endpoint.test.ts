import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

import { makeExecutableSchema } from '@graphql-tools/schema';

import { type RunningService, startService } from './service.js';
import { silentLogger } from '../observability/logger.js';

const secrets = ['the-one-that-is-shown-from-now-on', 'the-one-that-was-shown-until-now-'];
const said: unknown[] = [];
const say = (what: unknown): void => void said.push(what);
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { info: say, warn: say, error: say });

describe('a door that is not open', () => {
  let service: RunningService;
  beforeAll(async () => {
    const schema = makeExecutableSchema({ typeDefs: 'type Query { hello: String }' });
    const door = (path: string, isPublic: boolean) => ({
      path,
      isPublic,
      secrets: isPublic ? undefined : secrets,
      options: { schema },
      createContext: () => ({}),
    });
    service = await startService({
      port: 0,
      logger,
      endpoints: [door('/graphql', true), door('/subgraph', false)],
      readinessProblems: () => Promise.resolve([]),
    });
  });
  afterAll(() => service.stop());

  const ask = (path: string, authorization: string | undefined) =>
    fetch(`http://127.0.0.1:${service.port}${path}?query={hello}`, {
      headers: authorization === undefined ? {} : { authorization },
    });

  it.each(secrets)('answers whoever shows %s', async (secret) => {
    expect((await ask('/subgraph', `Bearer ${secret}`)).status).toBe(200);
  });

  it.each([undefined, 'Bearer', 'Bearer the-one-that-was-made-up-just-here'])(
    'refuses whoever shows %s, without a word in the log',
    async (authorization) => {
      for (const path of ['/subgraph', '/SUBGRAPH', '/subgraph/']) {
        const response = await ask(path, authorization);
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        expect(await response.json()).toEqual({
          errors: [
            {
              message: 'Only the gateway is answered here. It shows a secret: Authorization: Bearer …',
              extensions: { code: 'UNAUTHENTICATED' },
            },
          ],
        });
      }
      expect(said).toEqual([]);
    },
  );

  it('refuses before it reads what is sent', async () => {
    const asking = request({ port: service.port, path: '/subgraph', method: 'POST' });
    asking.setHeader('content-type', 'application/json');
    asking.write('{"query":');
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    expect([response.statusCode, await json(response)]).toEqual([401, expect.anything()]);
    asking.destroy();
  });

  it('leaves the open one open', async () => {
    expect((await ask('/graphql', undefined)).status).toBe(200);
  });
});
