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
  /** The last lines of its output. */
  readonly lastLines: () => readonly string[];
}

const maxRememberedLines = 15;

/**
 * Starts a Node process in a process group of its own, so that Ctrl-C reaches the runner alone and the
 * order of stopping is the runner's. The child notices by the channel between the two when the runner is gone.
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
      lines.splice(0, lines.length - maxRememberedLines);
      onLine(line, from);
    }
  });
  let over = false;
  // Not the event `close`, which does not come after `disconnect()` on this side.
  const ended = Promise.all([waitForExit(child), ...readToEnd]).then(([how]) => {
    over = true;
    return how;
  });
  return { name: plan.name, process: child, ended, hasEnded: () => over, lastLines: () => lines };
}

function waitForExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? `exit code ${String(code)}`);
    });
    child.once('error', ({ message }) => {
      if (child.pid === undefined) resolve(message);
    });
  });
}

/** Requests a process to stop, and kills it after `graceMs` or when `now` is aborted. */
export async function stopProcess(child: Child, graceMs: number, now: AbortSignal): Promise<void> {
  if (child.hasEnded()) return;
  const end = (): void => {
    child.process.kill('SIGKILL');
  };
  if (now.aborted) end();
  else child.process.kill('SIGTERM');
  const timer = setTimeout(end, graceMs);
  now.addEventListener('abort', end, { once: true });
  await child.ended;
  clearTimeout(timer);
  now.removeEventListener('abort', end);
}
