import type { ServerResponse } from 'node:http';

import { onceClosed } from '../once-closed.js';
import { type Metrics, noMetrics } from './metrics.js';

/** Labels and label values that have another name than in the last release, old to new. */
export const renamedRequestMetrics = {
  'http_request_duration_seconds{door}': 'http_request_duration_seconds{route}',
  'http_request_duration_seconds{status="left"}': 'http_request_duration_seconds{status="disconnected"}',
};

/** The status of a request that was rejected because of a limit of its client, or of all clients. */
const limitStatuses = [429, 503];

/**
 * Creates a function to call with the path and the response of every request: it measures how long the request takes, and counts rejections.
 *
 * @param routeOf the route of a path: one of few. Undefined: it is counted with all others.
 */
export function measureRequests(
  metrics: Metrics,
  routeOf: (path: string) => string | undefined,
): (path: string, response: ServerResponse) => void {
  if (metrics === noMetrics) return () => undefined;
  const observe = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests by route and status class.',
    labels: ['route', 'status'],
  });
  const countRejected = metrics.counter({
    name: 'http_requests_rejected_total',
    help: 'Requests to an endpoint that were rejected: with status 429 for a limit of their client, with 503 for overload.',
    labels: ['route', 'status'],
  });
  return (path, response) => {
    const startedAt = performance.now();
    onceClosed(response, () => {
      const route = routeOf(path);
      const { statusCode } = response;
      if (route !== undefined && limitStatuses.includes(statusCode))
        countRejected({ route, status: String(statusCode) });
      observe({ route: route ?? 'other', status: getStatusClass(response) }, (performance.now() - startedAt) / 1000);
    });
  };
}

/** `2xx`, or `disconnected` if the client did not wait for the response. */
const getStatusClass = ({ writableFinished, statusCode }: ServerResponse): string =>
  writableFinished ? `${Math.floor(statusCode / 100)}xx` : 'disconnected';
