import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import type * as Prometheus from 'prom-client';

import type { SettingsOf } from '../config/config.js';
import { ipAddress, port } from '../config/fields.js';
import { listen } from '../listen.js';
import type { Metrics } from './metrics.js';

/** Metrics, and the server from which Prometheus reads them. */
export interface MetricsServer {
  readonly metrics: Metrics;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** The address on which a process listens. */
export const listenAddress = ipAddress().default('127.0.0.1').meta({
  variable: 'LISTEN_ADDRESS',
  description: 'The IP address to listen on: 0.0.0.0 for every network.',
});

/** The settings of metrics. */
export const metricsSettings = {
  metricsPort: port().optional().meta({
    variable: 'METRICS_PORT',
    description: 'The port of `/metrics` for Prometheus. Default: metrics are disabled.',
  }),
  metricsAddress: ipAddress()
    .optional()
    .meta({ variable: 'METRICS_ADDRESS', description: 'The IP address of that port. Default: `LISTEN_ADDRESS`.' }),
};

/**
 * Serves `/metrics` if the settings contain a port. It is a port of its own, because metrics are for the operator only.
 *
 * @returns undefined if there is no port: then nothing is loaded and nothing counted.
 */
export async function startMetricsServer({
  metricsPort,
  metricsAddress,
  listenAddress: host,
}: SettingsOf<typeof metricsSettings> & { readonly listenAddress: string }): Promise<MetricsServer | undefined> {
  if (metricsPort === undefined) return undefined;
  const { default: prometheus } = await import('prom-client');
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const server = createServer((request, response) => {
    void respond(registry, request, response);
  });
  return {
    metrics: createMetrics(prometheus, registry),
    port: await listen(server, metricsPort, metricsAddress ?? host),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  registry: Prometheus.Registry,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url.split('?', 1)[0] === '/metrics') {
    const page = await registry.metrics();
    response.setHeader('content-type', registry.contentType).end(page);
  } else {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found: the metrics are at /metrics.\n');
  }
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of this process in a registry of prom-client. */
function createMetrics(
  { Counter, Gauge, Histogram }: Pick<typeof Prometheus, 'Counter' | 'Gauge' | 'Histogram'>,
  registry: Prometheus.Registry,
): Metrics {
  const registers = [registry];
  const existing = (name: string): unknown => registry.getSingleMetric(name);
  return {
    counter: ({ name, help, labels }) => {
      const counter =
        (existing(name) as Prometheus.Counter | undefined) ??
        new Counter({ name, help, labelNames: labels, registers });
      return (values, by = 1) => {
        counter.inc(values, by);
      };
    },
    histogram: ({ name, help, labels, buckets = seconds }) => {
      const histogram =
        (existing(name) as Prometheus.Histogram | undefined) ??
        new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers });
      return (values, value) => {
        histogram.observe(values, value);
      };
    },
    gauge: ({ name, help }, read) => {
      // A gauge that is created again reads another value.
      registry.removeSingleMetric(name);
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
  };
}
