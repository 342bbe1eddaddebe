import { once } from 'node:events';

import { WebSocket } from 'undici';

/** Inspects a Node process that was started with `--inspect`. */
export interface Inspector {
  /** The size of its heap after a garbage collection, in megabytes. */
  readonly liveMemory: () => Promise<number>;
  readonly close: () => void;
}

/** @param port on which the process listens for debuggers */
export async function openInspector(port: number): Promise<Inspector> {
  const response = await fetch(`http://127.0.0.1:${port}/json`);
  const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  let last = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: unknown };
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const call = (method: string): Promise<unknown> =>
    new Promise((resolve) => {
      waiting.set((last += 1), resolve);
      socket.send(JSON.stringify({ id: last, method }));
    });
  return {
    liveMemory: async () => {
      await call('HeapProfiler.collectGarbage');
      const { usedSize } = (await call('Runtime.getHeapUsage')) as { usedSize: number };
      return usedSize / 1024 / 1024;
    },
    close: () => {
      socket.close();
    },
  };
}
