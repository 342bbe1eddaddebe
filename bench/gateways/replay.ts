import { once } from 'node:events';

import { countries, europe } from '../../schema/values/countries.js';
import { variableOf } from '../../cli/start/settings.js';
import { scriptOf } from '../../cli/start/paths.js';
import { childEnvironment } from '../../cli/start/child-environment.js';
import { freePort } from '../../cli/start/ports.js';
import { type Child, startProcess, stopProcess } from '../../cli/start/processes.js';
import type { Graph } from '../graph.js';

/** The replaying proxy before the subgraphs: see `processes/replay.ts`. */
export interface Replay {
  /** The environment variables of a gateway that uses it. */
  readonly variables: Readonly<Record<string, string>>;
  /** The number of requests that it has received. */
  readonly requests: () => Promise<number>;
  /** The requests since it was last called, in the order in which they came. */
  readonly takeFetches: () => Promise<readonly RecordedFetch[]>;
  readonly stop: () => Promise<void>;
}

const drainTimeoutMs = 1_000;
const never = new AbortController().signal;

/** A request to a subgraph. */
export interface RecordedFetch {
  readonly path: string;
  readonly body: string;
  /** How many of those before it had their responses when it came. */
  readonly after: number;
}

/** @param live whether the subgraphs execute each request. */
export async function startReplay({ gatewayVariables }: Graph, live: boolean): Promise<Replay> {
  const port = String(await freePort());
  const child = startProcess(
    {
      name: 'replay',
      script: scriptOf('bench', 'gateways', 'processes', 'replay'),
      env: childEnvironment(process.env, { ...gatewayVariables, PORT: port, LIVE: String(live) }),
    },
    () => undefined,
  );
  await nextMessage(child);
  const addresses = [...countries, europe].map(({ folder }) => [
    variableOf(folder, 'URL'),
    `http://127.0.0.1:${port}/${folder}`,
  ]);
  return {
    variables: { ...gatewayVariables, ...(Object.fromEntries(addresses) as Record<string, string>) },
    requests: async () => {
      child.process.send('count');
      return (await nextMessage(child)) as number;
    },
    takeFetches: async () => {
      child.process.send('fetches');
      return (await nextMessage(child)) as readonly RecordedFetch[];
    },
    stop: () => stopProcess(child, drainTimeoutMs, never),
  };
}

/** The next message of the process. Rejects if the process ends. */
async function nextMessage({ process: child, ended, lastLines }: Child): Promise<unknown> {
  const over = new AbortController();
  const gone = ended.then((how) => {
    throw new Error([`The replaying proxy ended (${how}).`, ...lastLines()].join('\n'));
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: over.signal }), gone])) as [unknown];
    return message;
  } finally {
    over.abort();
    gone.catch(() => undefined);
  }
}
