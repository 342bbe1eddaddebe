import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectRoot } from '../cli/start/paths.js';
import { childEnvironment } from '../cli/start/child-environment.js';

/** A running `npm start`. */
export interface NpmStart {
  /** Milliseconds since the command began. */
  readonly elapsed: () => number;
  /** The milliseconds after which the build was complete and the runner printed its first line. */
  readonly built: () => number;
  /** Throws with its last lines if it has ended. */
  readonly throwIfEnded: () => void;
  /** Sends SIGINT, as Ctrl-C does, to npm and all processes that it started. Settles when they have ended. */
  readonly stop: () => Promise<void>;
}

const stopTimeoutMs = 20_000;
const maxLines = 20;

/** Runs `npm start` with these environment variables. */
export function startNpm(variables: Record<string, string>): NpmStart {
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  // In its own process group: the terminal's Ctrl-C reaches the benchmark alone, which stops everything in order.
  const npm = spawn('npm', ['start'], {
    cwd: projectRoot,
    env: childEnvironment(process.env, variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let built: number | undefined;
  let failed: Error | undefined;
  const lines: string[] = [];
  for (const stream of [npm.stdout, npm.stderr]) {
    createInterface(stream).on('line', (line) => {
      // The runner's lines begin with the name of the service.
      if (line.includes(' │ ')) built ??= elapsed();
      lines.push(line);
      lines.splice(0, lines.length - maxLines);
    });
  }
  npm.once('error', (error) => (failed = error));
  return {
    elapsed,
    built: () => built ?? NaN,
    throwIfEnded: () => {
      if (failed) throw failed;
      if (npm.exitCode === null && npm.signalCode === null) return;
      throw new Error(['npm start ended. Its last lines:', ...lines].join('\n'));
    },
    stop: () => stopGroup(npm.pid),
  };
}

async function stopGroup(leader: number | undefined): Promise<void> {
  if (leader === undefined) return;
  const deadline = performance.now() + stopTimeoutMs;
  if (!signalGroup(leader, 'SIGINT')) return;
  while (signalGroup(leader, 0)) {
    await sleep(50);
    if (performance.now() > deadline) signalGroup(leader, 'SIGKILL');
  }
}

/** False if no process of the group is left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
