import { setTimeout as wait } from 'node:timers/promises';

import { address, readConfig } from '../config/config.js';
import { setTracer } from './tracing.js';

/** Spans on their way to a collector. */
export interface Tracing {
  /** The collector. */
  readonly origin: string;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

/** A collector that does not answer must not keep a process from stopping. */
const patienceMs = 3_000;

/** What the environment can say of traces. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: address('http', 'https')
    .optional()
    .describe(
      'Where an OpenTelemetry collector takes traces over HTTP: `http://127.0.0.1:4318`. Default: nothing is sent.',
    ),
};

/**
 * Sends spans to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT`, over HTTP as JSON. OpenTelemetry's other variables, such as
 * `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_TRACES_SAMPLER`, mean what its documentation says.
 *
 * @returns undefined when there is no collector: then nothing is loaded, recorded or sent.
 */
export async function startTracing(service: string, environment: NodeJS.ProcessEnv): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = readConfig(tracingSettings, environment);
  if (endpoint === undefined) return undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: resourceOf(service),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  provider.register();
  setTracer(provider.getTracer('reuse-graph'));
  return {
    origin: new URL(url).origin,
    stop: async () => {
      setTracer(undefined);
      await Promise.race([provider.shutdown(), wait(patienceMs, undefined, { ref: false })]);
    },
  };
}

/** Whose spans they are. The package that makes resources comes in several versions with others, and with none of them to us. */
function resourceOf(service: string) {
  const resource = {
    attributes: { 'service.name': service, 'service.namespace': 'reuse-graph' },
    getRawAttributes: () => Object.entries(resource.attributes),
    merge: () => resource,
  };
  return resource;
}
