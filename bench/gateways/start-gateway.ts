import { childEnvironment } from '../../cli/start/child-environment.js';
import { freePort } from '../../cli/start/ports.js';
import { type Child, startProcess, stopProcess } from '../../cli/start/processes.js';
import { openGraphQLClient } from '../http-client.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** A gateway to start in its own process. */
export interface GatewayPlan {
  readonly name: string;
  readonly script: string;
  /** Its environment variables, such as the URLs of the subgraphs, without its port. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A running gateway. */
export interface RunningGateway {
  readonly url: string;
  readonly child: Child;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 60_000;
const drainTimeoutMs = 5_000;
const never = new AbortController().signal;

/** Starts a gateway on a free port, and waits until it responds. */
export async function startGatewayProcess(
  { name, script, variables }: GatewayPlan,
  signal: AbortSignal,
): Promise<RunningGateway> {
  const port = await freePort();
  const env = childEnvironment(process.env, { ...variables, PORT: String(port) });
  const child = startProcess({ name, script, env }, () => undefined);
  const url = `http://127.0.0.1:${port}/graphql`;
  const client = openGraphQLClient(url, 1);
  const stop = (): Promise<void> => stopProcess(child, drainTimeoutMs, never);
  try {
    const isReady = (): Promise<boolean> => {
      if (child.hasEnded()) throw new Error([`${name} ended while starting.`, ...child.lastLines()].join('\n'));
      return responds(client.query);
    };
    await waitUntil(`${name} to respond`, isReady, { timeoutMs: startTimeoutMs, intervalMs: 100, signal });
    return { url, child, processId: child.process.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await client.close();
  }
}

const responds = (execute: (query: string) => Promise<string>): Promise<boolean> =>
  execute('{ __typename }').then(
    () => true,
    () => false,
  );
