import { get, request } from 'node:http';
import { json } from 'node:stream/consumers';
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

/** How long a start waits for the index after all processes are ready. A country that is down must not delay it further. */
const maxIndexWaitMs = 60_000;

/**
 * Waits until the index contains all catalogues, so that the first query returns whole lists: each process is ready by itself, and
 * Europe also if a country opens its catalogue later.
 *
 * @param port of the gateway
 * @returns the countries whose catalogues are not complete when the time is over.
 */
export async function untilIndexComplete(
  port: number,
  signal: AbortSignal,
  maxWaitMs = maxIndexWaitMs,
): Promise<readonly string[]> {
  const end = performance.now() + maxWaitMs;
  let stale: readonly string[] = [];
  while (!signal.aborted && performance.now() < end) {
    const found = await findStaleCatalogues(port);
    if (found?.length === 0) return [];
    stale = found ?? stale;
    await sleep(intervalMs);
  }
  return stale;
}

const staleQuery = JSON.stringify({ query: '{ solutions(first: 1) { staleCatalogues } }' });

/** Undefined: the gateway or the index does not respond. Empty too if the gateway does not execute the query. */
function findStaleCatalogues(port: number): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, path: '/graphql', method: 'POST', agent: false, timeout: timeoutMs },
      headers: { 'content-type': 'application/json' },
    });
    const fail = (): void => {
      resolve(undefined);
    };
    sent.on('timeout', () => sent.destroy());
    sent.on('error', fail);
    sent.on('response', (response) => {
      // Such as a gateway that executes trusted documents only.
      if (response.statusCode === 403) resolve([]);
      json(response).then((body) => {
        const { data } = body as { data?: { solutions: { staleCatalogues: readonly string[] } | null } | null };
        resolve(data?.solutions?.staleCatalogues);
      }, fail);
    });
    sent.end(staleQuery);
  });
}
