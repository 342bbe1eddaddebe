import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import type * as Prometheus from 'prom-client';

import { listenAddress, port, readConfig } from '../config/config.js';
import { listen } from '../listen.js';
import type { Metrics } from './metrics.js';

/** Metrics with a page where Prometheus reads them. */
export interface MetricsServer {
  readonly metrics: Metrics;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** What the environment can say of metrics. */
export const metricsSettings = {
  METRICS_PORT: port(0)
    .unwrap()
    .optional()
    .describe('The port at which Prometheus finds `/metrics`. Default: nobody watches.'),
  METRICS_ADDRESS: listenAddress
    .unwrap()
    .optional()
    .describe('The address on which it does. Default: `LISTEN_ADDRESS`.'),
};

/**
 * Serves `/metrics` when the environment says where: `METRICS_PORT`, on `METRICS_ADDRESS` or else `LISTEN_ADDRESS`. A port of
 * its own, because what is to be seen there is for the operator alone.
 *
 * @returns undefined when nobody wants to watch: then nothing is loaded and nothing counted.
 */
export async function startMetricsServer(environment: NodeJS.ProcessEnv): Promise<MetricsServer | undefined> {
  const config = readConfig({ ...metricsSettings, LISTEN_ADDRESS: listenAddress }, environment);
  if (config.METRICS_PORT === undefined) return undefined;
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const server = createServer((request, response) => {
    void answer(registry, request, response);
  });
  return {
    metrics: createMetrics(prometheus, registry),
    port: await listen(server, config.METRICS_PORT, config.METRICS_ADDRESS ?? config.LISTEN_ADDRESS),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  registry: Prometheus.Registry,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url.split('?', 1)[0] === '/metrics') {
    const page = await registry.metrics();
    response.setHeader('content-type', registry.contentType).end(page);
  } else {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is /metrics here.\n');
  }
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of this process in a registry of prom-client. */
function createMetrics({ Counter, Gauge, Histogram }: typeof Prometheus, registry: Prometheus.Registry): Metrics {
  const registers = [registry];
  const known = (name: string): unknown => registry.getSingleMetric(name);
  return {
    counter: ({ name, help, labels }) => {
      const counter =
        (known(name) as Prometheus.Counter | undefined) ?? new Counter({ name, help, labelNames: labels, registers });
      return (values, by = 1) => {
        counter.inc(values, by);
      };
    },
    histogram: ({ name, help, labels, buckets = seconds }) => {
      const histogram =
        (known(name) as Prometheus.Histogram | undefined) ??
        new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers });
      return (values, value) => {
        histogram.observe(values, value);
      };
    },
    gauge: ({ name, help }, read) => {
      // Whoever makes it again has something new to read.
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
