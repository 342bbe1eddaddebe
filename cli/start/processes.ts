import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';

import { preload, projectRoot, scriptOf } from './paths.js';

/** What to start. */
export interface ProcessPlan {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
}

/** A process that was started. */
export interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  /** Settles when it has ended and its last line was read: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  /** The end of what it said. */
  readonly lastLines: () => readonly string[];
}

const remembered = 15;

/**
 * Starts a Node process in a process group of its own, so that Ctrl-C reaches the runner alone and the
 * order of stopping is the runner's. The channel between the two tells the child when the runner is gone.
 */
export function startProcess(plan: ProcessPlan, onLine: (line: string, from: 'stdout' | 'stderr') => void): Child {
  const child = fork(plan.script, [...(plan.args ?? [])], {
    env: plan.env,
    cwd: projectRoot,
    execArgv: preload(scriptOf('cli', 'start', 'end-with-parent')),
    detached: process.platform !== 'win32',
    silent: true,
  });
  const lines: string[] = [];
  const readToEnd = (['stdout', 'stderr'] as const).map(async (from) => {
    const stream = child[from];
    for await (const line of stream ? createInterface(stream) : []) {
      lines.push(line);
      lines.splice(0, lines.length - remembered);
      onLine(line, from);
    }
  });
  let over = false;
  // Not the event `close`, which does not come after `disconnect()` on this side.
  const ended = Promise.all([exitOf(child), ...readToEnd]).then(([how]) => {
    over = true;
    return how;
  });
  return { name: plan.name, process: child, ended, hasEnded: () => over, lastLines: () => lines };
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${String(code)}`);
    });
    child.once('error', ({ message }) => {
      if (child.pid === undefined) resolve(message);
    });
  });
}

/** Asks a process to stop, and ends it when it has not after `patience` or when `now` says so. */
export async function stopProcess(child: Child, patience: number, now: AbortSignal): Promise<void> {
  if (child.hasEnded()) return;
  const end = (): void => {
    child.process.kill('SIGKILL');
  };
  if (now.aborted) end();
  else child.process.kill('SIGTERM');
  const timer = setTimeout(end, patience);
  now.addEventListener('abort', end, { once: true });
  await child.ended;
  clearTimeout(timer);
  now.removeEventListener('abort', end);
}
