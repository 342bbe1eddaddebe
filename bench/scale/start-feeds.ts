import { once } from 'node:events';

import type { FeedSource } from '../../services/europe/feed/read-feed-page.js';
import { scriptOf } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { startProcess, stopProcess } from '../../cli/start/processes.js';
import type { MadeUpCountry } from './made-up-countries.js';

/** The process that serves the feeds of all made-up countries. */
export interface Feeds {
  readonly sources: readonly FeedSource[];
  /** The process that makes them up. */
  readonly pid: number;
  /** Adds an adoption to a country's feed, and returns the entry. */
  readonly addAdoption: (code: string) => Promise<{ readonly id: string; readonly solutionAddress: string }>;
  readonly stop: () => Promise<void>;
}

export async function startFeeds(share: number, countries: readonly MadeUpCountry[]): Promise<Feeds> {
  const env = childEnvironment(process.env, {});
  const script = scriptOf('bench', 'scale', 'feeds');
  const child = startProcess({ name: 'feeds', script, args: [String(share)], env }, () => undefined);
  const failed = child.ended.then((how) => {
    throw new Error([`The process of the feeds ended while starting (${how}).`, ...child.lastLines()].join('\n'));
  });
  const [port] = (await Promise.race([once(child.process, 'message'), failed])) as [number];
  failed.catch(() => undefined);
  const origin = `http://127.0.0.1:${port}`;
  return {
    sources: countries.map(({ code }) => ({ code, folder: code.toLowerCase(), url: `${origin}/${code}` })),
    pid: child.process.pid ?? 0,
    addAdoption: async (code) => {
      const response = await fetch(`${origin}/${code}/more`, { method: 'POST' });
      return (await response.json()) as { id: string; solutionAddress: string };
    },
    stop: () => stopProcess(child, 1_000, new AbortController().signal),
  };
}
