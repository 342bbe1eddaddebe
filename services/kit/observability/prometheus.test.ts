import { ConfigError, parseSettings } from '../config/config.js';
import { listenAddress, metricsSettings, startMetricsServer } from './prometheus.js';
import { type TestMetrics, startTestMetrics } from '../testing/databases.js';

describe('startMetricsServer', () => {
  let reader: TestMetrics;
  beforeEach(async () => {
    reader = await startTestMetrics();
  });
  afterEach(() => reader.stop());

  it('serves the metrics of Node and those of the process', async () => {
    const count = reader.metrics.counter({ name: 'fetches_total', help: 'Fetches.', labels: ['service'] });
    count({ service: 'denmark' });
    count({ service: 'denmark' }, 2);
    const observe = reader.metrics.histogram({ name: 'wait_seconds', help: 'Waits.', labels: [], buckets: [1, 2] });
    observe({}, 1.5);
    reader.metrics.gauge({ name: 'queue', help: 'Waiting requests.' }, () => 7);
    const page = await reader.read();
    expect(page).toMatchObject({
      'fetches_total{service="denmark"}': 3,
      'wait_seconds_bucket{le="1"}': 0,
      'wait_seconds_bucket{le="2"}': 1,
      wait_seconds_sum: 1.5,
      queue: 7,
    });
    expect(page).toHaveProperty('process_cpu_seconds_total');
  });

  it('continues to count when a metric is created again, and reads the new value of a gauge', async () => {
    for (const waiting of [1, 2]) {
      reader.metrics.counter({ name: 'opened_total', help: 'Opened.', labels: [] })({});
      reader.metrics.histogram({ name: 'took_seconds', help: 'Took.', labels: [] })({}, 0.1);
      reader.metrics.gauge({ name: 'waiting', help: 'Waiting requests.' }, () => waiting);
    }
    expect(await reader.read()).toMatchObject({ opened_total: 2, took_seconds_count: 2, waiting: 2 });
  });

  it('serves nothing else', async () => {
    const response = await fetch(reader.url.replace('/metrics', '/'));
    expect([response.status, await response.text()]).toEqual([404, 'Not found: the metrics are at /metrics.\n']);
  });
});

describe('metricsSettings', () => {
  const parse = (environment: NodeJS.ProcessEnv) => parseSettings({ ...metricsSettings, listenAddress }, environment);

  it('disable metrics by default', async () => {
    expect(await startMetricsServer(parse({ METRICS_PORT: '', METRICS_ADDRESS: '127.0.0.1' }))).toBeUndefined();
  });

  it('listen on this machine by default', () => {
    expect(parse({}).listenAddress).toBe('127.0.0.1');
    expect(parse({ LISTEN_ADDRESS: '::' }).listenAddress).toBe('::');
  });

  it.each([
    [{ METRICS_PORT: 'x' }, 'METRICS_PORT must be a port'],
    [{ METRICS_PORT: '0', METRICS_ADDRESS: 'everywhere' }, 'METRICS_ADDRESS must be an IP address'],
    [{ LISTEN_ADDRESS: 'everywhere' }, 'LISTEN_ADDRESS must be an IP address'],
  ])('reject %j', (environment, message) => {
    expect(() => parse(environment)).toThrow(ConfigError);
    expect(() => parse(environment)).toThrow(message);
  });
});
