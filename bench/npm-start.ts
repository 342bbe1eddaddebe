import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectRoot } from '../cli/start/paths.js';
import { childEnvironment } from '../cli/start/child-environment.js';

/** A running `npm start`. */
export interface NpmStart {
  /** Milliseconds since it began. */
  readonly elapsed: () => number;
  /** After how many of them it had built and the runner spoke. */
  readonly built: () => number;
  /** Throws with the last it said. */
  readonly throwIfEnded: () => void;
  /** What Ctrl-C does: it reaches npm and all that npm started. Settles when they are gone. */
  readonly stop: () => Promise<void>;
}

const patience = 20_000;
const remembered = 20;

/** `npm start` as a person types it, with these variables. */
export function startNpm(variables: Record<string, string>): NpmStart {
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  // A process group of its own: the terminal's Ctrl-C reaches the bench alone, which stops everything in its order.
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
      // The runner's lines begin with who speaks.
      if (line.includes(' │ ')) built ??= elapsed();
      lines.push(line);
      lines.splice(0, lines.length - remembered);
    });
  }
  npm.once('error', (error) => (failed = error));
  return {
    elapsed,
    built: () => built ?? NaN,
    throwIfEnded: () => {
      if (failed) throw failed;
      if (npm.exitCode === null && npm.signalCode === null) return;
      throw new Error(['npm start ended. The last it said:', ...lines].join('\n'));
    },
    stop: () => stopGroup(npm.pid),
  };
}

async function stopGroup(leader: number | undefined): Promise<void> {
  if (leader === undefined) return;
  const deadline = performance.now() + patience;
  if (!signalGroup(leader, 'SIGINT')) return;
  while (signalGroup(leader, 0)) {
    await sleep(50);
    if (performance.now() > deadline) signalGroup(leader, 'SIGKILL');
  }
}

/** False when there is nobody left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
