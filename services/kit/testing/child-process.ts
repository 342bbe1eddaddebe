import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitUntil } from './wait-until.js';

/** A process of a few words, beside the tests' own. */
export interface ChildProcessHandle {
  readonly process: ChildProcess;
  /** What it logged, each line an object. */
  readonly lines: { readonly msg?: string; readonly name?: string }[];
  /** Everything it printed. */
  readonly output: () => string;
  /** How: its exit code, or the signal that ended it. */
  readonly exit: Promise<string>;
  readonly waitForOutput: (message: string) => Promise<void>;
}

/** Runs a built file, or with `-e` a few words of JavaScript, with nothing in its environment but this. */
export function startChild(args: readonly string[], environment: Record<string, string>): ChildProcessHandle {
  const child = spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  const lines: ChildProcessHandle['lines'] = [];
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (stream)
      createInterface(stream).on('line', (line) => {
        output += `${line}\n`;
        if (line.startsWith('{')) lines.push(JSON.parse(line) as ChildProcessHandle['lines'][number]);
      });
  }
  return {
    process: child,
    lines,
    output: () => output,
    exit: once(child, 'close').then(([code, signal]) => String(code ?? signal)),
    waitForOutput: (message) => waitUntil(`the output ${JSON.stringify(message)}`, () => output.includes(message)),
  };
}
