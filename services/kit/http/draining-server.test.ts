import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { makeExecutableSchema } from '@graphql-tools/schema';

import { type RunningService, startService } from './service.js';
import { silentLogger } from '../testing/silent-logger.js';
import { sendUntilClosed } from '../testing/send-until-closed.js';
import { waitUntil } from '../testing/wait-until.js';

/** A response that waits until the gate is opened. */
const gate = { open: (): void => undefined, isReached: Promise.resolve() };
function closeGate(): Promise<void> {
  let reach = (): void => undefined;
  gate.isReached = new Promise((resolve) => {
    reach = resolve;
  });
  return new Promise((resolve) => {
    gate.open = resolve;
    reach();
  });
}

const schema = makeExecutableSchema({
  typeDefs: 'type Query { hello: String slow: String }',
  resolvers: {
    Query: {
      hello: () => 'world',
      slow: async () => {
        await closeGate();
        return 'done';
      },
    },
  },
});

const endpoint = (path: string, isPublic: boolean) => ({
  path,
  isPublic,
  options: { schema },
  createContext: () => ({}),
});

const start = (shutdownDelayMs?: number): Promise<RunningService> =>
  startService({
    port: 0,
    shutdownDelayMs,
    logger: silentLogger,
    endpoints: [endpoint('/graphql', true), endpoint('/subgraph', false)],
    readinessProblems: () => Promise.resolve([]),
  });

describe('stopping a service', () => {
  it('loses no request of twelve clients that keep their connections: it is not ready, and closes them, before its port', async () => {
    const service = await start(300);
    const origin = `http://127.0.0.1:${service.port}`;
    const connections: (string | undefined)[] = [];
    let served = 0;
    let isStopping = false;
    const clients = Array.from({ length: 12 }, () =>
      sendUntilClosed(`${origin}/graphql?query={hello}`, ({ headers: { connection } }, body) => {
        expect(body).toBe('{"data":{"hello":"world"}}\n');
        served += 1;
        if (isStopping) connections.push(connection);
        else expect(connection).toBe('keep-alive');
      }),
    );
    await waitUntil('each client to have sent some requests', () => served > 100);
    isStopping = true;
    const stopped = service.stop();
    const ready = await fetch(`${origin}/health/ready`);
    expect([ready.status, ready.headers.get('connection'), await ready.json()]).toEqual([
      503,
      'close',
      { status: 'unavailable', problems: ['stopping'] },
    ]);
    expect(await Promise.all(clients)).toEqual(Array(12).fill('ECONNREFUSED'));
    // A response may have been sent a moment before.
    expect(connections.slice(12)).not.toContain('keep-alive');
    expect(connections.length).toBeGreaterThan(24);
    await stopped;
  });

  it('resets no connection while it closes its port, however late the timers of a busy process are', async () => {
    const service = await start(100);
    let served = 0;
    const clients = Array.from({ length: 12 }, () =>
      sendUntilClosed(`http://127.0.0.1:${service.port}/graphql?query={hello}`, () => {
        served += 1;
      }),
    );
    await waitUntil('each client to have sent some requests', () => served > 100);
    const busy = setInterval(() => {
      const until = performance.now() + 70;
      while (performance.now() < until);
    }, 10);
    const stopped = service.stop();
    try {
      expect(await Promise.all(clients)).toEqual(Array(12).fill('ECONNREFUSED'));
    } finally {
      clearInterval(busy);
      await stopped;
    }
  });

  it('closes a connection after the response that was in progress', async () => {
    const service = await start();
    const before = gate.isReached;
    const slow = fetch(`http://127.0.0.1:${service.port}/graphql?query={slow}`);
    await waitUntil('the request to be in progress', () => gate.isReached !== before);
    const stopped = service.stop();
    gate.open();
    expect((await slow).headers.get('connection')).toBe('close');
    await stopped;
  });

  it.each(['/graphql', '/subgraph'])(
    'finishes the requests in progress at %s and accepts no new ones',
    async (path) => {
      const service = await start();
      const origin = `http://127.0.0.1:${service.port}`;
      const idle = new Agent({ keepAlive: true });
      await new Promise((resolve) =>
        request(`${origin}/health/live`, { agent: idle }, (response) => {
          response.resume().on('end', resolve);
        }).end(),
      );
      const slow = fetch(`${origin}${path}?query={slow}`);
      await sleep(50);
      await gate.isReached;

      let stopped = false;
      const stopping = service.stop().then(() => {
        stopped = true;
      });
      await sleep(50);
      expect(stopped).toBe(false);
      await expect(fetch(`${origin}/health/live`)).rejects.toThrow();
      gate.open();
      expect(await (await slow).json()).toEqual({ data: { slow: 'done' } });
      await stopping;
      idle.destroy();
    },
  );

  it('does not wait for idle connections', async () => {
    const service = await start();
    const idle = new Agent({ keepAlive: true });
    const idleRequest = request(`http://127.0.0.1:${service.port}/health/live`, { agent: idle }).end();
    const [response] = (await once(idleRequest, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');
    const begin = performance.now();
    await service.stop();
    // Requests in progress get ten seconds.
    expect(performance.now() - begin).toBeLessThan(9_000);
    idle.destroy();
  });
});
