import { join } from 'node:path';

import { untilReady } from '../embedded/health.js';
import { readLogLine } from '../embedded/log-line.js';
import { projectRoot } from '../embedded/places.js';
import { childEnvironment } from '../embedded/plan.js';
import { takenPorts } from '../embedded/ports.js';
import { type Child, startProcess } from '../embedded/processes.js';

/** A process of the graph that is killed and started again, on the same port. */
export interface Service {
  readonly name: string;
  /** Where its `/subgraph` is. */
  readonly url: string;
  readonly start: () => void;
  /** Without a word, as when the power fails. */
  readonly kill: () => Promise<void>;
  readonly untilReady: (signal: AbortSignal) => Promise<void>;
  /** The errors that it logged. */
  readonly faults: () => readonly string[];
}

/** A service as it is built: `dist/services/<name>/main.js`. It is not started yet. */
export async function createService(
  name: string,
  variables: (port: number) => Record<string, string>,
): Promise<Service> {
  const port = await quietPort();
  const faults: string[] = [];
  let child: Child | undefined;
  return {
    name,
    url: `http://127.0.0.1:${port}/subgraph`,
    start: () => {
      const script = join(projectRoot, 'dist', 'services', name, 'main.js');
      child = startProcess({ name, script, env: childEnvironment(process.env, variables(port)) }, (line) => {
        const { severity, text } = readLogLine(line);
        if (severity === 'error') faults.push(`${name}: ${text}`);
      });
    },
    kill: async () => {
      child?.process.kill('SIGKILL');
      await child?.ended;
    },
    untilReady: (signal) => untilReady(port, signal),
    faults: () => faults,
  };
}

/**
 * A port that stays free while its process is down: below those that operating systems give to connections, where one
 * from `listen(0)` would be.
 */
async function quietPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const taken = await takenPorts([{ port, name: '', portVariable: '' }]);
  return taken.length === 0 ? port : quietPort();
}
