import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as a collector gets it. */
export interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
  readonly status: { readonly code: number };
}

/** What was received at once. */
export interface SpanExport {
  readonly resourceSpans: readonly {
    readonly resource: Pick<ExportedSpan, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
}

/** A collector of OpenTelemetry, as far as traces in JSON go. */
export interface FakeCollector {
  readonly url: string;
  readonly received: { readonly path: string; readonly body: SpanExport }[];
  readonly spans: () => readonly ExportedSpan[];
  readonly stop: () => void;
}

/** @param isSilent whether it accepts requests and never responds. */
export async function startFakeCollector(isSilent = false): Promise<FakeCollector> {
  const received: FakeCollector['received'] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ path: request.url ?? '', body: body as SpanExport });
      if (!isSilent) response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    spans: () =>
      received
        .flatMap(({ body }) => body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
        .flatMap(({ spans }) => spans),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
