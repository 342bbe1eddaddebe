import { join } from 'node:path';

import { projectRoot } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { type Child, startProcess } from '../../cli/start/processes.js';
import type { Fault } from './faults.js';
import { reservePort } from './free-port.js';

/** A process between the gateway and one service, into which faults are injected. */
export interface FaultProxy {
  /** The URL of the service's `/subgraph` for the gateway. */
  readonly url: string;
  readonly port: number;
  /** Settles once the fault is active. One at a time: clear the previous one first. */
  readonly inject: (fault: Fault) => Promise<void>;
  /** Settles once the proxy forwards everything again. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @param targetUrl the service's `/subgraph` */
export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const port = await reservePort();
  const target = new URL(targetUrl);
  let shouldRun = true;
  let child = await startChild(port, target.origin);

  const start = async (): Promise<void> => {
    child = await startChild(port, target.origin);
  };
  const kill = async (): Promise<void> => {
    shouldRun = false;
    child.process.kill('SIGKILL');
    await child.ended;
  };
  let restarted = Promise.resolve();
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    port,
    inject: async (fault) => {
      if (fault === 'killed') return kill();
      if (fault === 'restarting') restarted = child.ended.then(() => (shouldRun ? start() : undefined));
      await send(child, fault);
    },
    clear: async () => {
      if (!shouldRun) {
        shouldRun = true;
        return start();
      }
      const addressee = child;
      await send(addressee, 'none');
      if (addressee.hasEnded()) await restarted;
    },
    stop: kill,
  };
}

async function startChild(port: number, target: string): Promise<Child> {
  const script = join(projectRoot, 'dist', 'tests', 'support', 'proxy.js');
  const args = [String(port), target];
  const child = startProcess({ name: 'proxy', script, args, env: childEnvironment(process.env, {}) }, () => undefined);
  await receive(child, 'ready');
  return child;
}

/** A process that ends instead of confirming restarts without a fault. */
async function send(child: Child, word: Fault | 'none'): Promise<void> {
  if (child.hasEnded() || !child.process.connected) return;
  child.process.send(word, () => undefined);
  await receive(child, word);
}

async function receive(child: Child, word: string): Promise<void> {
  let stopListening = (): void => undefined;
  const received = new Promise<void>((resolve) => {
    const listener = (message: unknown): void => {
      if (message === word) resolve();
    };
    child.process.on('message', listener);
    stopListening = () => child.process.off('message', listener);
  });
  await Promise.race([received, child.ended]);
  stopListening();
}
