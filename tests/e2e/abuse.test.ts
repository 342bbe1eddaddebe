import { Agent } from 'undici';

import { bodies } from '../faults/abuse/bodies.js';
import { bombs } from '../faults/abuse/bombs.js';
import { beginnings, dribble } from '../faults/abuse/dribble.js';
import { sendAbuse } from '../faults/abuse/send.js';
import { values } from '../faults/abuse/values.js';
import { type Client, openClient } from '../support/client.js';
import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import { findLeaks } from '../support/check-leaks.js';

let graph: ProcessGraph;
let client: Client;
const agent = new Agent({ connections: 4 });
const over = new AbortController();
let slow: Promise<string[]>;

beforeAll(async () => {
  graph = await startProcessGraph({ faulty: [], gateway: {}, signal: AbortSignal.timeout(100_000) });
  client = openClient(graph.origin, 4);
  // They take their time, while everything else is tried.
  const beginning = [beginnings.headers, beginnings.body];
  slow = Promise.all(beginning.map((text) => dribble(graph.gateway.port, text, over.signal)));
}, 110_000);
afterAll(async () => {
  over.abort();
  await agent.destroy();
  await client.close();
  await graph.stop();
});

const hello = () => client.ask({ query: '{ denmark { country } }' });
const greeting = { status: 200, data: { denmark: { country: 'DK' } } };

describe('is refused by its name, and the next question is answered', () => {
  it.each([...bombs, ...values, ...bodies])('$name', async (abuse) => {
    const { text, answer, ...refused } = await sendAbuse(graph.origin, abuse, agent);
    expect([abuse.refusal, abuse.otherwise]).toContainEqual(refused);
    expect(answer.errors?.length ?? 1).toBe(1);
    expect(text.length).toBeLessThan(10_000);
    expect(findLeaks({ errors: [{ message: text }] }, graph.secrets)).toEqual([]);
    expect(await hello()).toMatchObject(greeting);
  });
});

it('is no matter for the log, however often it comes', async () => {
  const before = graph.gateway.lines();
  const broken = '{"query":"{ denmark { id';
  for (let round = 0; round < 100; round += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.send(broken)));
    for (const { status } of answers) expect(status).toBe(400);
  }
  for (const abuse of [...bombs, ...values, ...bodies]) await sendAbuse(graph.origin, abuse, agent);
  expect(await hello()).toMatchObject(greeting);
  expect(graph.gateway.lines()).toBe(before);
});

it('is cut off when it sends letter by letter', async () => {
  for (const heard of await slow) expect(heard).toMatch(/^HTTP\/1\.1 408 /);
});
