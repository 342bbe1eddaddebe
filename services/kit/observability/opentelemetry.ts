import { setTimeout as wait } from 'node:timers/promises';

import { url } from '../config/fields.js';
import { setTracer } from './tracing.js';

/** Spans on their way to a collector. */
export interface Tracing {
  /** The collector. */
  readonly origin: string;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

/** A collector that does not respond must not keep a process from stopping. */
const shutdownTimeoutMs = 3_000;

/** The settings of traces. */
export const tracingSettings = {
  otlpEndpoint: url('http', 'https').optional().meta({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description:
      'An OpenTelemetry collector for traces over HTTP, such as `http://127.0.0.1:4318`. Default: traces are disabled.',
  }),
};

/**
 * Sends spans to a collector, over HTTP as JSON. OpenTelemetry's other variables, such as `OTEL_EXPORTER_OTLP_HEADERS` and
 * `OTEL_TRACES_SAMPLER`, mean what its documentation states.
 *
 * @returns undefined if there is no collector: then nothing is loaded, recorded or sent.
 */
export async function startTracing(service: string, endpoint: string | undefined): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const { BatchSpanProcessor, NodeTracerProvider, OTLPTraceExporter } = await import('./opentelemetry-sdk.js');
  const tracesUrl = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: createResource(service),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl }))],
  });
  provider.register();
  setTracer(provider.getTracer('reuse-graph'));
  return {
    origin: new URL(tracesUrl).origin,
    stop: async () => {
      setTracer(undefined);
      await Promise.race([provider.shutdown(), wait(shutdownTimeoutMs, undefined, { ref: false })]);
    },
  };
}

/** The resource that emits the spans. The package for resources is installed in several versions by others, and by none for this project. */
function createResource(service: string) {
  const resource = {
    attributes: { 'service.name': service, 'service.namespace': 'reuse-graph' },
    getRawAttributes: () => Object.entries(resource.attributes),
    merge: () => resource,
  };
  return resource;
}
