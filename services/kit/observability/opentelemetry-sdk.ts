// What exports traces, in a module that is loaded only then. A bundle finds what CommonJS packages export only by static imports.
export { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
export { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
