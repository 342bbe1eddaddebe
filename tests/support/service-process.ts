import { join } from 'node:path';

import { type ReadyOptions, waitUntilReady } from '../../cli/testing/wait-until-ready.js';
import { readLogLine } from '../../cli/start/log-line.js';
import { projectRoot } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { type Child, startProcess } from '../../cli/start/processes.js';
import { reservePort } from './free-port.js';

/** A process of the graph that can be killed and started again on the same port. */
export interface Service {
  readonly name: string;
  readonly port: number;
  /** The URL of its `/subgraph`. */
  readonly url: string;
  readonly start: () => void;
  /** Kills it with SIGKILL, as in a power failure. */
  readonly kill: () => Promise<void>;
  /** Rejects if it ends instead, or is not ready in time. */
  readonly untilReady: (options?: Partial<Pick<ReadyOptions, 'timeoutMs' | 'signal'>>) => Promise<void>;
  /** Its process id; undefined while it is down. */
  readonly processId: () => number | undefined;
  /** How it ended, and its last lines; undefined while it is running. */
  readonly exitReport: () => string | undefined;
  /** The number of lines that it logged. */
  readonly lineCount: () => number;
  /** The errors that it logged. */
  readonly loggedErrors: () => readonly string[];
}

/** Less than the tests allow for the start of a whole graph. */
const startTimeoutMs = 120_000;

/** A service from the build: `dist/services/<name>/main.js`, or the gateway. It is not started yet. */
export async function createService(
  name: string,
  variables: (port: number) => Record<string, string>,
): Promise<Service> {
  const port = await reservePort();
  const script = join(projectRoot, 'dist', ...(name === 'gateway' ? [] : ['services']), name, 'main.js');
  const errors: string[] = [];
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
        if (severity === 'error') errors.push(`${name}: ${text}`);
      });
      void child.ended.then((how) => (ending = how));
    },
    kill: async () => {
      child?.process.kill('SIGKILL');
      await child?.ended;
    },
    untilReady: (options) => waitUntilReady(name, port, { timeoutMs: startTimeoutMs, ...options, child }),
    processId: () => (child?.hasEnded() === false ? child.process.pid : undefined),
    exitReport: () => (child?.hasEnded() ? [`${name} ended (${ending})`, ...child.lastLines()].join('\n') : undefined),
    lineCount: () => lines,
    loggedErrors: () => errors,
  };
}
