import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const intervalMs = 150;
const timeoutMs = 2_000;

/** Waits until the process on that port is ready, without a time limit of its own: `signal` ends the wait. */
export async function untilReady(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isReady(port))) await sleep(intervalMs);
}

/** Whether the process on that port is ready. Not by `fetch`, which rejects some ports, such as 6000. */
export function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: timeoutMs });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(false);
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
  });
}
