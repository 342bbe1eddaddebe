import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';

import { ConfigError, parseSettings } from '../config/config.js';
import { startTracing, tracingSettings } from './opentelemetry.js';
import { createTestDatabase, type TestDatabase } from '../testing/databases.js';
import { type ChildProcessHandle, startChild } from '../testing/child-process.js';
import { type FakeCollector, type ExportedSpan, startFakeCollector } from '../testing/fake-otlp-collector.js';
import { getTraceId } from './trace-context.js';
import { currentTraceparent, withSpan } from './tracing.js';

const kinds = { internal: 1, server: 2, client: 3 };
const failed = 2;

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

/** A service in a process of its own: Jest does not let the exporter load what it sends with. */
async function startTraced(collector: FakeCollector) {
  const child: ChildProcessHandle = startChild(
    [join(import.meta.dirname, '../../../dist/services/kit/testing/traced-service.js')],
    {
      DATABASE_URL: testDatabase.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    },
  );
  await Promise.race([child.waitForOutput('listening'), child.exit]);
  const [, port = ''] = /listening on port (\d+)/.exec(child.output()) ?? [];
  return {
    child,
    execute: async (path: string, query: string, traceparent: string): Promise<unknown> => {
      const url = `http://127.0.0.1:${port}${path}?query=${encodeURIComponent(query)}`;
      return (await fetch(url, { headers: { traceparent } })).json();
    },
    stop: (): Promise<string> => {
      child.process.kill('SIGTERM');
      return child.exit;
    },
  };
}

describe('a collector', () => {
  const caller = 'b7ad6b7169203331';
  const traced = `00-${'1'.repeat(32)}-${caller}-01`;
  const stranger = `00-${'2'.repeat(32)}-${caller}-01`;
  const unrecorded = `00-${'3'.repeat(32)}-${caller}-00`;
  const broken = `00-${'4'.repeat(32)}-${caller}-01`;
  const parent = `00-${'5'.repeat(32)}-${caller}-01`;

  let collector: FakeCollector;
  let own: unknown;
  let logged: ChildProcessHandle['lines'];
  let exitCode: string;
  beforeAll(async () => {
    collector = await startFakeCollector();
    const service = await startTraced(collector);
    await service.execute('/subgraph', '{ one }', traced);
    await service.execute('/graphql', '{ one }', stranger);
    await service.execute('/subgraph', '{ one }', unrecorded);
    await service.execute('/subgraph', '{ broken }', broken);
    own = await service.execute('/subgraph', '{ traceparent }', parent);
    exitCode = await service.stop();
    logged = service.child.lines;
  });
  afterAll(() => {
    collector.stop();
  });

  const spansOf = (traceparent: string): Readonly<Record<string, ExportedSpan>> =>
    Object.fromEntries(
      collector
        .spans()
        .filter(({ traceId }) => traceId === getTraceId(traceparent))
        .map((span) => [span.name, span]),
    );

  it('receives every span before the process has stopped, and the name of the process', () => {
    expect(exitCode).toBe('0');
    expect(logged.map(({ msg }) => msg)).toContain(`traces to ${collector.url}`);
    const [sent] = collector.received;
    expect(sent?.path).toBe('/v1/traces');
    expect(sent?.body.resourceSpans[0]?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'denmark' },
    });
  });

  it('receives a request and its statements as a part of the caller’s trace', () => {
    const { 'GET /subgraph': request, SELECT: statement } = spansOf(traced);
    expect(request).toMatchObject({ parentSpanId: caller, kind: kinds.server });
    expect(request?.attributes).toEqual([{ key: 'http.response.status_code', value: { intValue: 200 } }]);
    expect(statement).toMatchObject({ parentSpanId: request?.spanId, kind: kinds.client });
    expect(statement?.attributes).toContainEqual({
      key: 'db.query.text',
      value: { stringValue: 'SELECT $1::int AS one' },
    });
  });

  it('gets a stranger’s request as a trace of its own', () => {
    expect(spansOf(stranger)).toEqual({});
    const request = collector.spans().find(({ name }) => name === 'GET /graphql');
    expect(request).not.toHaveProperty('parentSpanId');
    const statement = collector.spans().find(({ parentSpanId }) => parentSpanId === request?.spanId);
    expect(statement).toMatchObject({ name: 'SELECT', traceId: request?.traceId });
  });

  it('gets nothing that the gateway does not want recorded', () => {
    expect(spansOf(unrecorded)).toEqual({});
  });

  it('learns of what failed the code, and no more', () => {
    const { plan, INSERT: statement } = spansOf(broken);
    for (const span of [plan, statement]) {
      expect(span?.status).toEqual({ code: failed });
      expect(span?.attributes).toContainEqual({ key: 'error.type', value: { stringValue: '42P01' } });
    }
    expect(plan).toMatchObject({ spanId: statement?.parentSpanId, kind: kinds.internal });
  });

  it('receives the same trace id as the log', () => {
    const { 'GET /subgraph': request } = spansOf(parent);
    expect(own).toEqual({ data: { traceparent: `00-${'5'.repeat(32)}-${request?.spanId ?? ''}-01` } });
    expect(logged).toContainEqual(expect.objectContaining({ msg: 'an operation failed', traceId: getTraceId(broken) }));
  });
});

it('a process stops even if the collector does not respond', async () => {
  const collector = await startFakeCollector(true);
  const service = await startTraced(collector);
  await service.execute('/subgraph', '{ one }', `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`);
  expect(await service.stop()).toBe('0');
  collector.stop();
});

describe('a process without a collector', () => {
  it('works, and opens no connection', async () => {
    const connections: unknown[] = [];
    const listener = (connection: unknown): void => void connections.push(connection);
    subscribe('net.client.socket', listener);
    expect(await startTracing('denmark', undefined)).toBeUndefined();
    expect(await withSpan('plan', {}, () => Promise.resolve(currentTraceparent()))).toBeUndefined();
    unsubscribe('net.client.socket', listener);
    expect(connections).toEqual([]);
  });

  it('rejects an endpoint that is not a URL', () => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' };
    expect(() => parseSettings(tracingSettings, environment)).toThrow(ConfigError);
    expect(parseSettings(tracingSettings, { OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual({ otlpEndpoint: undefined });
  });
});
