import { createServer } from 'node:net';

/** A port that a process is going to listen on. */
export interface PortUse {
  readonly port: number;
  /** The process that is going to listen. */
  readonly name: string;
  /** The variable that changes it. */
  readonly portVariable: string;
}

// Each is tried by itself: on macOS a port can be free on 0.0.0.0 while another program uses it on 127.0.0.1.
const hosts = ['127.0.0.1', '0.0.0.0', '::'] as const;
const unavailable = new Set(['EADDRINUSE', 'EACCES']);

/** The uses whose port is not available, in the order given. */
export async function findTakenPorts<Use extends PortUse>(uses: readonly Use[]): Promise<Use[]> {
  const taken: Use[] = [];
  for (const use of uses) if (!(await isFree(use.port))) taken.push(use);
  return taken;
}

/** A free port of 127.0.0.1, chosen by the operating system. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}

async function isFree(port: number): Promise<boolean> {
  for (const host of hosts) if (!(await canListen(port, host))) return false;
  return true;
}

/** Whether a server may listen there. A machine without IPv6 has no `::` to be taken. */
function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(!unavailable.has(error.code ?? ''));
    });
    server.listen({ port, host, exclusive: true, ipv6Only: host === '::' }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
