import { once } from 'node:events';
import type { Profiler } from 'node:inspector';

import { scriptOf } from '../../cli/start/paths.js';
import { openGraphQLClient } from '../http-client.js';
import { connections } from './candidates.js';
import type { Gateway } from './gateway-list.js';
import type { Replay } from './replay.js';
import type { Scenario } from './scenarios.js';
import { startGatewayProcess } from './start-gateway.js';

/** A part of the code in the gateway's process, and its share of the time, 0 to 1. */
export interface Share {
  readonly part: string;
  readonly share: number;
}

/**
 * Profiles our gateway, in a process of its own: profiling costs time, so nothing is measured meanwhile.
 */
export async function profile(
  ours: Gateway,
  { query, variables, requests }: Scenario,
  replay: Replay,
  milliseconds: number,
  signal: AbortSignal,
): Promise<readonly Share[]> {
  const script = scriptOf('bench', 'gateways', 'processes', 'profiled');
  const settings = { ...replay.variables, ...ours.variables };
  const { url, child, stop } = await startGatewayProcess({ ...ours, script, variables: settings }, signal);
  const client = openGraphQLClient(url, connections);
  let turn = 0;
  const sendRequests = async (durationMs: number): Promise<void> => {
    const end = performance.now() + durationMs;
    const sendUntilEnd = async (): Promise<void> => {
      while (performance.now() < end) {
        signal.throwIfAborted();
        await client.query(query, variables((turn += 1) % requests));
      }
    };
    await Promise.all(Array.from({ length: connections }, sendUntilEnd));
  };
  try {
    await sendRequests(milliseconds);
    child.process.send('begin');
    await sendRequests(milliseconds);
    const message = once(child.process, 'message', { signal });
    child.process.send('end');
    const [recorded] = (await message) as [Profiler.Profile];
    return getShares(recorded);
  } finally {
    await client.close();
    await stop();
  }
}

/** The shares of the parts in a profile, the largest first. Idle time does not count. */
export function getShares({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): readonly Share[] {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, getPart(callFrame)]));
  const times = new Map<string, number>();
  for (const [index, node] of samples.entries()) {
    const part = parts.get(node) ?? idle;
    if (part !== idle) times.set(part, (times.get(part) ?? 0) + Math.max(0, timeDeltas[index] ?? 0));
  }
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([part, time]) => ({ part, share: time / whole }))
    .sort((one, other) => other.share - one.share);
}

const idle = 'idle';

function getPart({
  functionName,
  url,
}: Pick<Profiler.Profile['nodes'][number]['callFrame'], 'functionName' | 'url'>): string {
  if (functionName === '(idle)') return idle;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === '') return /^write/.test(functionName) ? 'writing to sockets' : 'V8 and other native code';
  if (url.startsWith('node:')) return 'Node’s HTTP, streams and timers';
  if (url.startsWith('wasm:') || url.includes('/undici/')) return 'undici';
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (name !== undefined) return name;
  const [, folder] = /\/gateway\/([^/.]+)[/.]/.exec(url) ?? [];
  return folder === undefined ? 'services/kit and schema' : `gateway/${folder}`;
}

/** `38 % writing to sockets, 15 % undici`: shares below one percent are summed up. */
export function formatShares(shares: readonly Share[]): string {
  const shown = shares.filter(({ share }) => share >= 0.01);
  const rest = 1 - shown.reduce((sum, { share }) => sum + share, 0);
  const lines = [...shown, ...(rest >= 0.005 ? [{ part: 'others', share: rest }] : [])];
  return lines.map(({ part, share }) => `${Math.round(share * 100)} % ${part}`).join(', ');
}
