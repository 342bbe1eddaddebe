import type { ServerResponse } from 'node:http';

import { onceClosed } from '../once-closed.js';
import { type Metrics, noMetrics } from './metrics.js';

/** Labels and label values that have another name than in the last release, old to new. */
export const renamedRequestMetrics = {
  'http_request_duration_seconds{door}': 'http_request_duration_seconds{route}',
  'http_request_duration_seconds{status="left"}': 'http_request_duration_seconds{status="disconnected"}',
};

/** Creates a function to call with the path and the response of every request: it measures how long the request takes. */
export function measureRequests(
  metrics: Metrics,
  routes: readonly string[],
): (path: string, response: ServerResponse) => void {
  if (metrics === noMetrics) return () => undefined;
  const observe = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests by route and status class.',
    labels: ['route', 'status'],
  });
  return (path, response) => {
    const startedAt = performance.now();
    onceClosed(response, () => {
      const route = routes.includes(path) ? path : 'other';
      observe({ route, status: getStatusClass(response) }, (performance.now() - startedAt) / 1000);
    });
  };
}

/** `2xx`, or `disconnected` if the client did not wait for the response. */
const getStatusClass = ({ writableFinished, statusCode }: ServerResponse): string =>
  writableFinished ? `${Math.floor(statusCode / 100)}xx` : 'disconnected';
