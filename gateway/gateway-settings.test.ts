import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { respond, startFakeSubgraph, startTestGateway } from './testing/fake-graph.js';
import { post, read } from './testing/send.js';
import { waitUntil } from '../services/kit/testing/wait-until.js';

it('a gateway without introspection does not show its schema', async () => {
  const gateway = await startTestGateway({}, 5_000, { introspection: false });
  const origin = `http://127.0.0.1:${gateway.port}`;
  expect((await fetch(`${origin}/schema.graphql`)).status).toBe(404);
  expect((await post(origin, { query: '{ __schema { types { name } } }' })).body.errors).toMatchObject([
    { extensions: { code: 'INTROSPECTION_DISABLED' } },
  ]);
  const query = 'query ($code: IdentifierInput!) { administration(identifier: $code) { id } }';
  const rejected = await post(origin, { query, variables: { code: { schem: 'DK_CVR', notation: '1' } } });
  expect(JSON.stringify(rejected.body)).not.toContain('Did you mean');
  await gateway.stop();
});

it('a gateway with limits of a client states the budget, and frees the slot of a client that disconnects', async () => {
  const denmark = await startFakeSubgraph();
  denmark.respondWith(() => undefined);
  const gateway = await startTestGateway({ denmark: denmark.url }, 60_000, {
    costBudgetPerMinute: 1_000,
    maxConcurrentRequestsPerClient: 1,
    trustedProxyHops: 1,
  });
  const send = (query: string, port: number, signal: AbortSignal | null = null) =>
    fetch(`http://127.0.0.1:${gateway.port}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'x-forwarded-for': `198.51.100.1:${port}` },
      signal,
    });
  const leaving = new AbortController();
  const hanging = send('{ denmark { id } }', 1_000, leaving.signal);
  await waitUntil('a request to Denmark', () => denmark.requests.length === 1);
  leaving.abort();
  await expect(hanging).rejects.toThrow();
  const response = await send('{ __typename }', 1_001);
  expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  expect(response.headers.get('ratelimit')).toMatch(/^"cost";r=(?:6|7)\d\d;t=\d+$/);
  const pages: number[] = [];
  for (const path of ['changelog.md', ...Array<string>(9).fill('none'), 'changelog.md', 'health/live']) {
    const page = await fetch(`http://127.0.0.1:${gateway.port}/${path}`, {
      headers: { 'x-forwarded-for': '198.51.100.2' },
    });
    pages.push(page.status);
  }
  expect(pages).toEqual([200, ...Array<number>(9).fill(404), 429, 200]);
  await gateway.stop();
  await denmark.stop();
});

it('a gateway with a budget fetches what costs more than a client may execute at once from one country at a time', async () => {
  const names = ['denmark', 'italy'];
  const events: string[] = [];
  /** Responses that wait until there are two. */
  const waiting: (() => void)[] = [];
  let arePaired = true;
  const fakes = await Promise.all(names.map(() => startFakeSubgraph()));
  for (const [index, fake] of fakes.entries())
    fake.respondWith((response, query) => {
      const name = names[index] ?? '';
      events.push(`${name} begins`);
      const end = (): void => {
        events.push(`${name} ends`);
        respond({ data: { [name]: null } })(response, query);
      };
      if (!arePaired) setImmediate(end);
      else if (waiting.push(end) === 2) for (const one of waiting) one();
    });
  const urls = Object.fromEntries(names.map((name, index) => [name, fakes[index]?.url ?? '']));
  const gateway = await startTestGateway(urls, 5_000, { costBudgetPerMinute: 2_000_000 });
  const send = async (first: number): Promise<void> => {
    const members = `members(first: ${first}) { nodes { member { memberships { role } } } }`;
    const country = (name: string): string => `${name} { consortia(first: ${first}) { nodes { ${members} } } }`;
    await post(`http://127.0.0.1:${gateway.port}`, { query: `{ ${names.map(country).join(' ')} }` });
  };
  await send(10);
  expect(events.slice(-2).sort()).toEqual(['denmark ends', 'italy ends']);
  events.splice(0);
  arePaired = false;
  await send(90);
  expect(events).toEqual(['denmark begins', 'denmark ends', 'italy begins', 'italy ends']);
  await gateway.stop();
  await Promise.all(fakes.map(({ stop }) => stop()));
});

it('a gateway with trusted documents reloads their file, and reports one that cannot be used; it is not ready when it stops', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const trustedDocumentsPath = join(folder, 'documents.json');
  const replace = async (text: string): Promise<void> => {
    await writeFile(`${trustedDocumentsPath}.new`, text);
    await rename(`${trustedDocumentsPath}.new`, trustedDocumentsPath);
  };
  await replace('{"a":"{ __typename }"}');
  const gateway = await startTestGateway({}, 5_000, { trustedDocumentsPath, shutdownDelayMs: 200 });
  const origin = `http://127.0.0.1:${gateway.port}`;
  const statusOf = async (query: string) => (await post(origin, { query })).status;
  const readiness = async () => read(await fetch(`${origin}/health/ready`));
  expect([await statusOf('{ __typename }'), await statusOf('{ a: __typename }')]).toEqual([200, 403]);
  await replace('{"b":"{ a: __typename }"}');
  await waitUntil('the new document', async () => (await statusOf('{ a: __typename }')) === 200);
  expect(await statusOf('{ __typename }')).toBe(403);
  await replace('{');
  await waitUntil('the notice', async () => (await readiness()).text.includes('trusted documents cannot be used'));
  expect([(await readiness()).status, await statusOf('{ a: __typename }')]).toEqual([200, 200]);
  const stopped = gateway.stop();
  expect((await readiness()).status).toBe(503);
  await stopped;
  await rm(folder, { recursive: true });
});
