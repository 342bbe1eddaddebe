import { join } from 'node:path';

import { projectRoot } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { type Child, startProcess } from '../../cli/start/processes.js';
import type { Fault } from './faults.js';
import { quietPort } from './free-port.js';

/** A process between the gateway and one service, which has whatever fault it is given. */
export interface FaultProxy {
  /** Where the gateway finds the service's `/subgraph`. */
  readonly url: string;
  readonly port: number;
  /** Settles once the fault holds. One at a time: heal it first. */
  readonly have: (fault: Fault) => Promise<void>;
  /** Settles once everything passes again. */
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @param targetUrl the service's `/subgraph` */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const port = await quietPort();
  const target = new URL(targetUrl);
  let isWanted = true;
  let child = await startChild(port, target.origin);

  const start = async (): Promise<void> => {
    child = await startChild(port, target.origin);
  };
  const kill = async (): Promise<void> => {
    isWanted = false;
    child.process.kill('SIGKILL');
    await child.ended;
  };
  let returned = Promise.resolve();
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    port,
    have: async (fault) => {
      if (fault === 'killed') return kill();
      if (fault === 'restarting') returned = child.ended.then(() => (isWanted ? start() : undefined));
      await tell(child, fault);
    },
    heal: async () => {
      if (!isWanted) {
        isWanted = true;
        return start();
      }
      const told = child;
      await tell(told, 'none');
      if (told.hasEnded()) await returned;
    },
    stop: kill,
  };
}

async function startChild(port: number, target: string): Promise<Child> {
  const script = join(projectRoot, 'dist', 'tests', 'support', 'proxy.js');
  const args = [String(port), target];
  const child = startProcess({ name: 'proxy', script, args, env: childEnvironment(process.env, {}) }, () => undefined);
  await heard(child, 'ready');
  return child;
}

/** A process that ends instead of answering is back in a moment, without a fault. */
async function tell(child: Child, word: Fault | 'none'): Promise<void> {
  if (child.hasEnded() || !child.process.connected) return;
  child.process.send(word, () => undefined);
  await heard(child, word);
}

async function heard(child: Child, word: string): Promise<void> {
  let stopListening = (): void => undefined;
  const said = new Promise<void>((resolve) => {
    const listener = (message: unknown): void => {
      if (message === word) resolve();
    };
    child.process.on('message', listener);
    stopListening = () => child.process.off('message', listener);
  });
  await Promise.race([said, child.ended]);
  stopListening();
}
