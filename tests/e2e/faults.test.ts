import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import { type FakeCollector, startFakeCollector } from '../../services/kit/testing/fake-otlp-collector.js';
import { type Answer, type Client, openClient } from '../support/client.js';
import { checkPartialAnswer } from '../support/check-partial-response.js';
import type { FaultProxy } from '../support/fault-proxy.js';
import { codesOf, faults, isSurvivable } from '../support/faults.js';
import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import { findLeaks } from '../support/check-leaks.js';
import { quietPort } from '../support/free-port.js';
import { checkCatalogueStates } from '../support/check-catalogue-states.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

const query = `query ($ids: [ID!]) {
  catalogues { country title consortia(first: 5) { totalCount nodes { id name members(first: 3) { totalCount } } } }
  organisations(ids: $ids) { id name homepage }
}`;
const ids = ['dk:administration:0820', 'be:administration:25110', 'it:administration:062008'];

/** As long as a breaker may stay open, and a connection unusable. */
const patience = 20_000;

let graph: ProcessGraph;
let client: Client;
let denmark: FaultProxy;
let collector: FakeCollector;
let metricsPort: number;
let whole: NonNullable<Answer['data']>;
let asked = 0;
/** A body of no country, another one each time, so that no answer given before will do. */
const ask = (): Promise<Answer> =>
  client.ask({ query, variables: { ids: [...ids, `fr:administration:${(asked += 1)}`] } });

beforeAll(async () => {
  collector = await startFakeCollector();
  metricsPort = await quietPort();
  graph = await startProcessGraph({
    faulty: ['denmark'],
    gateway: { SUBGRAPH_TIMEOUT_MS: '1000', METRICS_PORT: String(metricsPort) },
    everybody: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
    signal: AbortSignal.timeout(100_000),
  });
  client = openClient(graph.origin, 10);
  const proxy = graph.proxies.get('denmark');
  if (!proxy) throw new Error('nobody stands before Denmark');
  denmark = proxy;
  const { data, errors } = await ask();
  expect(errors).toBeUndefined();
  whole = data ?? {};
}, 110_000);
afterAll(async () => {
  await client.close();
  await graph.stop();
  collector.stop();
});

const isWhole = ({ errors, data }: Answer): boolean =>
  errors === undefined && checkPartialAnswer({ status: 200, data: data ?? null }, whole).length === 0;

/** Waits until answers are as they were. */
async function untilWhole(): Promise<Answer> {
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isWhole(answer) || performance.now() > deadline) return answer;
    await wait(100);
  }
}

/** The answer without what is Denmark's. */
const others = () => {
  const { catalogues, organisations } = whole as Record<string, ({ country?: string; id?: string } | null)[]>;
  return {
    catalogues: catalogues?.map((one) => (one?.country === 'DK' ? null : one)),
    organisations: organisations?.map((one) => (one?.id?.startsWith('dk:') ? null : one)),
  };
};

it('is answered in full by every country when all is well', () => {
  expect(whole).toMatchObject({
    catalogues: ['DK', 'BE', 'IT'].map((country) => ({ country })),
    organisations: [...ids.map((id) => ({ id })), null],
  });
});

it('is one trace, from the client’s request to the statements of each country', async () => {
  const traceId = randomBytes(16).toString('hex');
  const caller = randomBytes(8).toString('hex');
  await fetch(`${graph.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${caller}-01` },
    body: JSON.stringify({ query, variables: { ids: [...ids, 'fr:administration:traced'] } }),
  });
  const children = (parent: string | undefined) =>
    collector.spans().filter((span) => span.traceId === traceId && span.parentSpanId === parent);
  /** What a country was asked, and by which statements it answered. */
  const asked = (country: string) => {
    const questions = children(children(caller)[0]?.spanId).filter(({ name }) => name === `fetch ${country}`);
    const requests = questions.flatMap(({ spanId }) => children(spanId));
    return { requests, statements: requests.flatMap(({ spanId }) => children(spanId)) };
  };
  const isTold = () =>
    ['denmark', 'belgium', 'italy'].every((country) => asked(country).statements.some(({ name }) => name === 'SELECT'));
  await waitUntil('the trace of every statement', isTold);
  expect(children(caller)).toMatchObject([{ name: 'POST /graphql' }]);
  for (const { name } of asked('denmark').requests) expect(name).toBe('POST /subgraph');
});

describe.each(faults)('while Denmark’s fault is %s', (fault) => {
  let answer: Answer;
  beforeAll(async () => {
    await denmark.have(fault);
    answer = await ask();
  });

  it('the others answer, and what is missing is named without a word of the inside', () => {
    expect(answer.status).toBe(200);
    if (!(isSurvivable(fault) && isWhole(answer))) {
      expect(codesOf[fault]).not.toEqual([]);
      expect(answer.data).toEqual(others());
      expect(checkPartialAnswer(answer, whole)).toEqual([]);
      for (const { extensions } of answer.errors ?? []) {
        expect(extensions).toMatchObject({ service: 'denmark' });
        expect(codesOf[fault]).toContain(extensions?.['code']);
      }
    }
    expect(findLeaks(answer, graph.secrets)).toEqual([]);
    expect(checkCatalogueStates(answer)).toEqual([]);
  });

  it('answers are whole again when it is over', async () => {
    await denmark.heal();
    const { data, errors } = await untilWhole();
    expect({ data, errors }).toEqual({ data: whole, errors: undefined });
  });
});

it('what became of it all is counted', async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  for (const name of [
    'planning_duration_seconds_count{outcome="OK"}',
    'subgraph_fetch_duration_seconds_count{service="denmark",outcome="SUBGRAPH_TIMEOUT",shared="false"}',
    'response_cache_bytes',
    'subgraph_circuit_open 0',
  ])
    expect(metrics).toContain(name);
});

it('no process called any of it an error of its own', () => {
  expect([graph.gateway, ...graph.services.values()].flatMap((service) => service.faults())).toEqual([]);
});
