import type { ServerResponse } from 'node:http';

import { type Metrics, noMetrics } from './metrics.js';

/** Makes what is told of every request that comes in: at which path, and by what it will be answered. */
export function measureRequests(
  metrics: Metrics,
  doors: readonly string[],
): (path: string, response: ServerResponse) => void {
  if (metrics === noMetrics) return () => undefined;
  const observe = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by door, how they were answered, and how long that took.',
    labels: ['door', 'status'],
  });
  return (path, response) => {
    const began = performance.now();
    response.once('close', () => {
      const door = doors.includes(path) ? path : 'other';
      observe({ door, status: statusOf(response) }, (performance.now() - began) / 1000);
    });
  };
}

/** `2xx`, or that the client did not wait for the answer. */
const statusOf = ({ writableFinished, statusCode }: ServerResponse): string =>
  writableFinished ? `${Math.floor(statusCode / 100)}xx` : 'left';
