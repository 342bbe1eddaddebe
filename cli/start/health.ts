import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const pause = 150;
const patience = 2_000;

/** Waits until the process on that port says it is ready, however long that takes, or until `signal` ends the wait. */
export async function untilReady(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isReady(port))) await sleep(pause);
}

/** Not by `fetch`, which refuses some ports, 6000 for one. */
function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: patience });
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
