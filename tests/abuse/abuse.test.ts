import { Agent } from 'undici';

import { bodies } from './requests/bodies.js';
import { bombs } from './requests/bombs.js';
import { dribble, partialRequests } from './requests/dribble.js';
import { sendAbuse } from './requests/send.js';
import { values } from './requests/values.js';
import { type Client, openClient } from '../support/client.js';
import { sendDistinctOperations } from '../soak/distinct-operations.js';
import { sendUntilClosed } from '../../services/kit/testing/send-until-closed.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';
import { findLeaks } from '../support/check-leaks.js';
import type { Attack } from './attack.js';
import { attacks } from './attacks.js';
import { portalAttacks } from './attacks/portal.js';
import { playAttack } from './play-attack.js';
import { type AbuseGraph, endpointsOf, startAbuseGraph } from './start-abuse-graph.js';
import { openWellBehavedClient, type WellBehavedClient } from './well-behaved-client.js';

let abuseGraph: AbuseGraph;
let graph: AbuseGraph['graph'];
let client: Client;
let wellBehaved: WellBehavedClient;
const agent = new Agent({ connections: 4 });
const over = new AbortController();
let slow: Promise<string[]>;

beforeAll(async () => {
  abuseGraph = await startAbuseGraph(AbortSignal.timeout(280_000), 'short');
  ({ graph } = abuseGraph);
  client = openClient(graph.origin, 4);
  wellBehaved = await openWellBehavedClient(endpointsOf(abuseGraph));
  // These take a while, during which the other tests run.
  const beginnings = [partialRequests.headers, partialRequests.body];
  slow = Promise.all(beginnings.map((text) => dribble(graph.gateway.port, text, over.signal)));
}, 300_000);
afterAll(async () => {
  over.abort();
  await agent.destroy();
  await client.close();
  await wellBehaved.close();
  await abuseGraph.stop();
});

const hello = () => client.query({ query: '{ denmark { country } }' });
const greeting = { status: 200, data: { denmark: { country: 'DK' } } };

describe('the gateway rejects an abusive request with its code and limit, and executes the next request', () => {
  it.each([...bombs, ...values, ...bodies])('rejects $name', async (abuse) => {
    const { text, response, ...rejection } = await sendAbuse(graph.origin, abuse, agent);
    expect([abuse.rejection, abuse.alternative]).toContainEqual(rejection);
    expect(response.errors?.length ?? 1).toBe(1);
    expect(text.length).toBeLessThan(10_000);
    expect(findLeaks({ errors: [{ message: text }] }, graph.secrets)).toEqual([]);
    expect(await hello()).toMatchObject(greeting);
  });
});

it('the gateway executes operations, small and large, none of which it knows', async () => {
  const { signal } = over;
  const options = { client, count: 100, concurrency: 4, signal };
  expect(await sendDistinctOperations(options)).toEqual(new Map());
});

it('the gateway logs nothing about abusive requests, however many it receives', async () => {
  const before = graph.gateway.lineCount();
  const broken = '{"query":"{ denmark { id';
  for (let round = 0; round < 30; round += 1) {
    const responses = await Promise.all(Array.from({ length: 10 }, () => client.send(broken)));
    for (const { status } of responses) expect(status).toBe(400);
  }
  for (const abuse of [...bombs, ...values, ...bodies]) await sendAbuse(graph.origin, abuse, agent);
  expect(await hello()).toMatchObject(greeting);
  expect(graph.gateway.lineCount()).toBe(before);
});

it('the gateway responds with status 408 to a request that is sent letter by letter', async () => {
  for (const received of await slow) expect(received).toMatch(/^HTTP\/1\.1 408 /);
});

describe('a well-behaved client receives whole responses, and none with status 503, during an attack', () => {
  const { signal } = new AbortController();
  /** Each for a moment would take some seconds. */
  const atOnce: Attack = {
    name: 'all attacks on the portal at once',
    play: async (field) => {
      await Promise.all(portalAttacks.map(({ play }) => play(field)));
    },
  };

  it.each([...attacks.filter((attack) => !portalAttacks.includes(attack)), atOnce])(
    '$name',
    async (attack) => {
      const report = await playAttack(attack, {
        ...abuseGraph,
        client: wellBehaved,
        strength: 0.02,
        undisturbedMs: 0,
        attackMs: 250,
        signal,
      });
      expect(report.problems).toEqual([]);
      expect(report.responses).toBeGreaterThan(0);
    },
    // Longer than any attack may take to end.
    240_000,
  );
});

// The last test: it ends the gateway.
it('a gateway that gets SIGTERM loses no request of twelve clients that keep their connections', async () => {
  const url = `${graph.origin}/graphql?query=${encodeURIComponent('{ denmark { country } }')}`;
  let served = 0;
  const clients = Array.from({ length: 12 }, () =>
    sendUntilClosed(url, (response, body) => {
      served += 1;
      expect([response.statusCode, body]).toEqual([200, expect.stringContaining('"country":"DK"')]);
    }),
  );
  await waitUntil('each client to have sent some requests', () => served > 100);
  process.kill(graph.gateway.processId() ?? NaN, 'SIGTERM');
  expect(await Promise.all(clients)).toEqual(Array(12).fill('ECONNREFUSED'));
  await waitUntil('the gateway to end', () => graph.gateway.exitReport() !== undefined);
  expect(graph.gateway.exitReport()).toContain('exit code 0');
});
