import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import { countries } from '../../schema/values/countries.js';
import { type FakeCollector, startFakeCollector } from '../../services/kit/testing/fake-otlp-collector.js';
import { type GraphQLResponse, type Client, openClient } from '../support/client.js';
import { checkPartialResponse } from '../support/check-partial-response.js';
import type { FaultProxy } from '../support/fault-proxy.js';
import { codesOf, faults, isSurvivable } from '../support/faults.js';
import { type ProcessGraph, startProcessGraph } from '../support/process-graph.js';
import { filledCountries } from '../support/filled-countries.js';
import { findLeaks } from '../support/check-leaks.js';
import { quickGateway } from '../support/quick-gateway.js';
import { reservePort } from '../support/free-port.js';
import { checkCatalogueStates } from '../support/check-catalogue-states.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

const query = `query ($ids: [ID!]) {
  catalogues { country title consortia(first: 5) { totalCount nodes { id name members(first: 3) { totalCount } } } }
  organisations(ids: $ids) { id name homepage }
}`;
const ids = ['dk:administration:0820', 'be:administration:25110', 'it:administration:062008'];

/** Longer than a breaker stays open and a connection is unusable. */
const recoveryTimeoutMs = 60_000;

let graph: ProcessGraph;
let client: Client;
let denmark: FaultProxy;
let collector: FakeCollector;
let metricsPort: number;
let whole: NonNullable<GraphQLResponse['data']>;
let requests = 0;
/** Sends the query with another organisation each time, of a country without a catalogue, so that no response is cached. */
const sendUnique = (): Promise<GraphQLResponse> =>
  client.query({ query, variables: { ids: [...ids, `zz:administration:${(requests += 1)}`] } });

beforeAll(async () => {
  collector = await startFakeCollector();
  metricsPort = await reservePort();
  graph = await startProcessGraph({
    tables: 'short',
    proxied: ['denmark'],
    gateway: { SUBGRAPH_TIMEOUT_MS: '1000', METRICS_PORT: String(metricsPort), ...quickGateway },
    allServices: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
    signal: AbortSignal.timeout(280_000),
  });
  client = openClient(graph.origin, 10);
  const proxy = graph.proxies.get('denmark');
  if (!proxy) throw new Error('Denmark has no proxy.');
  denmark = proxy;
  const { data, errors } = await sendUnique();
  expect(errors).toBeUndefined();
  whole = data ?? {};
}, 300_000);
afterAll(async () => {
  await client.close();
  await graph.stop();
  collector.stop();
});

const isWhole = ({ errors, data }: GraphQLResponse): boolean =>
  errors === undefined && checkPartialResponse({ status: 200, data: data ?? null }, whole).length === 0;

const readMetrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

/** Repeats the query until the response is whole. */
async function untilWhole(): Promise<GraphQLResponse> {
  const deadline = performance.now() + recoveryTimeoutMs;
  for (;;) {
    const response = await sendUnique();
    if (isWhole(response) || performance.now() > deadline) return response;
    await wait(100);
  }
}

/** The whole data without Denmark's. */
const withoutDenmark = () => {
  const { catalogues, organisations } = whole as Record<string, ({ country?: string; id?: string } | null)[]>;
  return {
    catalogues: catalogues?.map((one) => (one?.country === 'DK' ? null : one)),
    organisations: organisations?.map((one) => (one?.id?.startsWith('dk:') ? null : one)),
  };
};

it('every country responds in full without faults', () => {
  expect(whole).toMatchObject({
    catalogues: countries.map(({ code }) => ({ country: code })),
    organisations: [...ids.map((id) => ({ id })), null],
  });
});

it('a request has one trace, from the client to the statements of each country', async () => {
  const traceId = randomBytes(16).toString('hex');
  const caller = randomBytes(8).toString('hex');
  await fetch(`${graph.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${caller}-01` },
    body: JSON.stringify({ query, variables: { ids: [...ids, 'zz:administration:traced'] } }),
  });
  const children = (parent: string | undefined) =>
    collector.spans().filter((span) => span.traceId === traceId && span.parentSpanId === parent);
  /** The spans of a country's requests and statements. */
  const spansOf = (country: string) => {
    const fetches = children(children(caller)[0]?.spanId).filter(({ name }) => name === `fetch ${country}`);
    const received = fetches.flatMap(({ spanId }) => children(spanId));
    return { requests: received, statements: received.flatMap(({ spanId }) => children(spanId)) };
  };
  const isComplete = () =>
    filledCountries.every((country) => spansOf(country).statements.some(({ name }) => name === 'SELECT'));
  await waitUntil('the trace of every statement', isComplete);
  expect(children(caller)).toMatchObject([{ name: 'POST /graphql' }]);
  for (const { name } of spansOf('denmark').requests) expect(name).toBe('POST /subgraph');
});

describe.each(faults)('while Denmark’s fault is %s', (fault) => {
  let response: GraphQLResponse;
  beforeAll(async () => {
    await denmark.inject(fault);
    response = await sendUnique();
  });

  it('the other countries respond, and errors report what is missing without internals', () => {
    expect(response.status).toBe(200);
    if (!(isSurvivable(fault) && isWhole(response))) {
      expect(codesOf[fault]).not.toEqual([]);
      expect(response.data).toEqual(withoutDenmark());
      expect(checkPartialResponse(response, whole)).toEqual([]);
      for (const { extensions } of response.errors ?? []) {
        expect(extensions).toMatchObject({ service: 'denmark' });
        expect(codesOf[fault]).toContain(extensions?.['code']);
      }
    }
    expect(findLeaks(response, graph.secrets)).toEqual([]);
    expect(checkCatalogueStates(response)).toEqual([]);
  });

  it('responses are whole again after the fault', async () => {
    await denmark.clear();
    const { data, errors } = await untilWhole();
    expect({ data, errors }).toEqual({ data: whole, errors: undefined });
  });
});

describe('while the process of Italy is stopped, so that it accepts connections and never responds', () => {
  const stopped = (signal: 'SIGSTOP' | 'SIGCONT') =>
    process.kill(graph.services.get('italy')?.processId() ?? 0, signal);
  const cached = { query: '{ italy { title } denmark { title } }' };
  const readiness = async () => {
    const response = await fetch(`${graph.origin}/health/ready`);
    return { status: response.status, text: await response.text() };
  };
  /** How many requests to Italy lasted until their timeout. */
  const countTimeouts = async () => {
    const [, count] =
      /subgraph_fetch_duration_seconds_count{service="italy",outcome="SUBGRAPH_TIMEOUT",shared="false"} (\d+)/.exec(
        await readMetrics(),
      ) ?? [];
    return Number(count ?? 0);
  };
  let original: GraphQLResponse;
  beforeAll(async () => {
    original = await client.query(cached);
    stopped('SIGSTOP');
    await waitUntil('the gateway to report it', async () =>
      (await readiness()).text.includes('italy has not responded'),
    );
  });
  afterAll(() => stopped('SIGCONT'));

  it('the gateway is ready, and its readiness names the country', async () => {
    const { status, text } = await readiness();
    expect([status, text]).toEqual([
      200,
      expect.stringMatching(/"notices":\["italy has not responded for \d+ seconds"/),
    ]);
  });

  it('cached responses are served at once, as stale', async () => {
    // One that waits for Italy always lasts until its timeout; a poll of the gateway may reach its timeout meanwhile, too.
    await waitUntil('a response without a timeout', async () => {
      const before = await countTimeouts();
      const { data, errors, extensions } = await client.query(cached);
      expect({ data, errors }).toEqual({ data: original.data, errors: undefined });
      expect(extensions?.['catalogues']).toContainEqual({ country: 'IT', state: 'STALE' });
      return (await countTimeouts()) === before;
    });
  });

  it('other responses report its data as unavailable at once', async () => {
    const { errors = [], data } = await sendUnique();
    expect(checkPartialResponse({ status: 200, data: data ?? null, errors }, whole)).toEqual([]);
    // The code of a request that lasts until its timeout is another.
    expect(new Set(errors.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
  });

  it('responses are whole as soon as it continues', async () => {
    stopped('SIGCONT');
    await waitUntil('its first response', async () => !(await readiness()).text.includes('italy'));
    expect(isWhole(await sendUnique())).toBe(true);
  });
});

it('the metrics of the gateway count the faults', async () => {
  const metrics = await readMetrics();
  for (const name of [
    'planning_duration_seconds_count{outcome="OK"}',
    'subgraph_fetch_duration_seconds_count{service="denmark",outcome="SUBGRAPH_TIMEOUT",shared="false"}',
    'response_cache_bytes',
    'subgraph_circuit_open 0',
  ])
    expect(metrics).toContain(name);
});

it('no process logs a fault of another as its own error', () => {
  expect([graph.gateway, ...graph.services.values()].flatMap((service) => service.loggedErrors())).toEqual([]);
});
