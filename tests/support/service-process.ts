import { join } from 'node:path';

import { untilReady } from '../../cli/start/health.js';
import { readLogLine } from '../../cli/start/log-line.js';
import { projectRoot } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { type Child, startProcess } from '../../cli/start/processes.js';
import { quietPort } from './free-port.js';

/** A process of the graph that is killed and started again, on the same port. */
export interface Service {
  readonly name: string;
  readonly port: number;
  /** Where its `/subgraph` is. */
  readonly url: string;
  readonly start: () => void;
  /** Without a word, as when the power fails. */
  readonly kill: () => Promise<void>;
  /** Rejects when it ends instead. */
  readonly untilReady: (signal: AbortSignal) => Promise<void>;
  /** The number that the operating system knows it by; undefined while it is down. */
  readonly processId: () => number | undefined;
  /** How it ended, and the last that it said; undefined while it is up. */
  readonly lastWords: () => string | undefined;
  /** How many lines it logged. */
  readonly lines: () => number;
  /** The errors that it logged. */
  readonly faults: () => readonly string[];
}

/** A service as it is built: `dist/services/<name>/main.js`, or the gateway. It is not started yet. */
export async function createService(
  name: string,
  variables: (port: number) => Record<string, string>,
): Promise<Service> {
  const port = await quietPort();
  const script = join(projectRoot, 'dist', ...(name === 'gateway' ? [] : ['services']), name, 'main.js');
  const faults: string[] = [];
  let lines = 0;
  let child: Child | undefined;
  let ending = '';
  return {
    name,
    port,
    url: `http://127.0.0.1:${port}/subgraph`,
    start: () => {
      child = startProcess({ name, script, env: childEnvironment(process.env, variables(port)) }, (line) => {
        lines += 1;
        const { severity, text } = readLogLine(line);
        if (severity === 'error') faults.push(`${name}: ${text}`);
      });
      void child.ended.then((how) => (ending = how));
    },
    kill: async () => {
      child?.process.kill('SIGKILL');
      await child?.ended;
    },
    untilReady: async (signal) => {
      const over = new AbortController();
      try {
        await Promise.race([untilReady(port, AbortSignal.any([signal, over.signal])), child && refuseToEnd(child)]);
      } finally {
        over.abort();
      }
    },
    processId: () => (child?.hasEnded() === false ? child.process.pid : undefined),
    lastWords: () => (child?.hasEnded() ? [`${name} ended (${ending})`, ...child.lastLines()].join('\n') : undefined),
    lines: () => lines,
    faults: () => faults,
  };
}

async function refuseToEnd({ name, ended, lastLines }: Child): Promise<never> {
  throw new Error([`${name} ended while starting (${await ended}):`, ...lastLines()].join('\n'));
}
