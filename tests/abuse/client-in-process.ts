import { join } from 'node:path';

import { childEnvironment } from '../../cli/start/child-environment.js';
import { projectRoot } from '../../cli/start/paths.js';
import { startProcess, stopProcess } from '../../cli/start/processes.js';
import type { ClientEndpoints } from './ordinary-client.js';
import type { Observations, WellBehavedClient } from './well-behaved-client.js';

/** What the process of a client receives. */
export type ToClientProcess =
  | { readonly kind: 'observe'; readonly controlled: readonly string[] }
  | { readonly kind: 'stop' };

/** What it sends: problems as entries of their map. */
export type ToParent =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'observed';
      readonly latencies: Observations['latencies'];
      readonly problems: readonly (readonly [string, number])[];
    };

/** Starts a well-behaved client in a process of its own: latencies that it measures do not depend on what this process does. */
export async function startClientProcess(endpoints: ClientEndpoints): Promise<WellBehavedClient> {
  const script = join(projectRoot, 'dist', 'tests', 'abuse', 'client-process.js');
  const env = childEnvironment(process.env, { ENDPOINTS: JSON.stringify(endpoints) });
  const child = startProcess({ name: 'client', script, args: [], env }, () => undefined);
  const ended = child.ended.then((how): never => {
    throw new Error([`The client ended (${how}):`, ...child.lastLines()].join('\n'));
  });
  // It also ends when it is stopped, while nothing waits for a message.
  ended.catch(() => undefined);
  const receive = <Kind extends ToParent['kind']>(kind: Kind): Promise<Extract<ToParent, { kind: Kind }>> =>
    Promise.race([
      ended,
      new Promise<Extract<ToParent, { kind: Kind }>>((resolve) => {
        const listener = (message: ToParent): void => {
          if (message.kind !== kind) return;
          child.process.off('message', listener);
          resolve(message as Extract<ToParent, { kind: Kind }>);
        };
        child.process.on('message', listener);
      }),
    ]);
  const send = (message: ToClientProcess): void => {
    child.process.send(message);
  };
  await receive('ready');
  return {
    observe: async (signal, controlled = []) => {
      const observed = receive('observed');
      send({ kind: 'observe', controlled });
      const stop = (): void => {
        send({ kind: 'stop' });
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      const { latencies, problems } = await observed;
      return { latencies, problems: new Map(problems) };
    },
    close: () => stopProcess(child, 0, AbortSignal.abort()),
  };
}
