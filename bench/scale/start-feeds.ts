import { once } from 'node:events';

import type { FeedSource } from '../../services/europe/feed/read-feed-page.js';
import { scriptOf } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { startProcess, stopProcess } from '../../cli/start/processes.js';
import type { Land } from './world.js';

/** The process that speaks for all countries of a world. */
export interface Feeds {
  readonly sources: readonly FeedSource[];
  /** Lets a country adopt one more solution, and gives the entry. */
  readonly sayMore: (code: string) => Promise<{ readonly id: string; readonly solutionAddress: string }>;
  readonly stop: () => Promise<void>;
}

export async function startFeeds(share: number, world: readonly Land[]): Promise<Feeds> {
  const env = childEnvironment(process.env, {});
  const script = scriptOf('bench', 'scale', 'feeds');
  const child = startProcess({ name: 'feeds', script, args: [String(share)], env }, () => undefined);
  const failed = child.ended.then((how) => {
    throw new Error([`the feeds stopped while starting (${how})`, ...child.lastLines()].join('\n'));
  });
  const [port] = (await Promise.race([once(child.process, 'message'), failed])) as [number];
  failed.catch(() => undefined);
  const origin = `http://127.0.0.1:${port}`;
  return {
    sources: world.map(({ code }) => ({ code, folder: code.toLowerCase(), url: `${origin}/${code}` })),
    sayMore: async (code) => {
      const response = await fetch(`${origin}/${code}/more`, { method: 'POST' });
      return (await response.json()) as { id: string; solutionAddress: string };
    },
    stop: () => stopProcess(child, 1_000, new AbortController().signal),
  };
}
