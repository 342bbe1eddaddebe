import { childEnvironment } from '../../cli/start/child-environment.js';
import { freePort } from '../../cli/start/ports.js';
import { type Child, startProcess, stopProcess } from '../../cli/start/processes.js';
import { openGraphQLClient } from '../http-client.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** A gateway as a process of its own. */
export interface GatewayPlan {
  readonly name: string;
  readonly script: string;
  /** What it is told beside its port, and where the subgraphs are. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A gateway that answers. */
export interface RunningGateway {
  readonly url: string;
  readonly child: Child;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 60_000;
const drainTime = 5_000;
const never = new AbortController().signal;

/** Starts a gateway on a free port, and waits until it answers. */
export async function startGatewayProcess(
  { name, script, variables }: GatewayPlan,
  signal: AbortSignal,
): Promise<RunningGateway> {
  const port = await freePort();
  const env = childEnvironment(process.env, { ...variables, PORT: String(port) });
  const child = startProcess({ name, script, env }, () => undefined);
  const url = `http://127.0.0.1:${port}/graphql`;
  const door = openGraphQLClient(url, 1);
  const stop = (): Promise<void> => stopProcess(child, drainTime, never);
  try {
    const isReady = (): Promise<boolean> => {
      if (child.hasEnded()) throw new Error([`${name} stopped while starting`, ...child.lastLines()].join('\n'));
      return answers(door.query);
    };
    await waitUntil(`${name} to respond`, isReady, { timeoutMs: startTimeoutMs, intervalMs: 100, signal });
    return { url, child, processId: child.process.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await door.close();
  }
}

const answers = (ask: (query: string) => Promise<string>): Promise<boolean> =>
  ask('{ __typename }').then(
    () => true,
    () => false,
  );
