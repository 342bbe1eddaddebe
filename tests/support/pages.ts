import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { readProjectFile } from '../../schema/files.js';
import { projectRoot } from '../../cli/start/paths.js';

/** A step of a page: what is to be typed, where, and what it says then. */
export interface Step {
  /** `third-terminal`; undefined means the first, where one waits for the end of what was typed. */
  readonly terminal: string | undefined;
  readonly commands: string;
  /** Lines of which each must be in the output, in this order; `…` stands for anything. */
  readonly says: readonly string[];
}

/** The steps of a page, or of the part under a heading: each block of `sh`, and the block of `text` behind it, if there is one. */
export function stepsOf(page: string, heading?: string): Step[] {
  const text = readProjectFile(page);
  const [part = ''] = heading === undefined ? [text] : (text.split(`\n## ${heading}\n`)[1]?.split('\n## ') ?? []);
  return [...part.matchAll(/```sh ?(\S*)\n([^]*?)```\n(?:\n```text\n([^]*?)```\n)?/g)].map(
    ([, terminal, commands = '', output = '']) => ({
      terminal: terminal || undefined,
      commands,
      says: output.split('\n').filter((line) => line.trim() !== ''),
    }),
  );
}

/** The lines of an output that a page does not promise in vain, in its order. */
export function promised(says: readonly string[], output: string): string[] {
  const lines = output.split('\n');
  let from = 0;
  return says.filter((line) => {
    const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const pattern = new RegExp(`^${parts.join('.*')}$`);
    const place = lines.findIndex((said, index) => index >= from && pattern.test(said));
    if (place === -1) return false;
    from = place + 1;
    return true;
  });
}

/** Somebody who reads a page and types what stands there, in the project's folder, with a home of their own. */
export interface Reader {
  readonly home: string;
  /** Types in the first terminal, and waits for the end. Fails when a command does. */
  readonly type: (commands: string) => Promise<string>;
  /** Types in another terminal, and lets it run. */
  readonly leaveRunning: (commands: string) => void;
  /** Ctrl-C everywhere. */
  readonly leave: () => Promise<void>;
}

/** Makes a reader, for whom `npm run` does what package.json says, but for the build, which the tests have done already. */
export function createReader(variables: Readonly<Record<string, string>>): Reader {
  const home = mkdtempSync(join(tmpdir(), 'reuse-graph-reader-'));
  const bin = join(home, '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  const path = [bin, join(projectRoot, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const open = (flags: readonly string[]): ChildProcess =>
    spawn('bash', [...flags], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: undefined, ...variables, HOME: home, PATH: path },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  const first = open(['-eu', '-o', 'pipefail']);
  const others: ChildProcess[] = [];
  return {
    home,
    type: (commands) => typeInto(first, commands),
    leaveRunning: (commands) => {
      const shell = open(['-c', commands]);
      shell.stdout?.resume();
      shell.stderr?.resume();
      others.push(shell);
    },
    leave: async () => {
      await Promise.all([first, ...others].map(interrupt));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a shell says until it has done what was typed. It ends when a command fails. */
function typeInto(shell: ChildProcess, commands: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const onEnd = (code: number | null): void => {
      reject(new Error(`${commands}\nended with exit code ${String(code)}:\n${output}`));
    };
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!output.endsWith(done)) return;
      shell.stdout?.off('data', onData);
      shell.off('close', onEnd);
      resolve(output.slice(0, -done.length));
    };
    shell.stdout?.on('data', onData);
    shell.once('close', onEnd);
    // In braces, so that all of it is read before any of it runs, and nothing that runs reads the rest.
    shell.stdin?.write(`{\n${commands}\n} 2>&1 < /dev/null\nprintf '${done.replace('\n', '\\n')}'\n`);
  });
}

const done = 'what was typed is done\n';

/** Ctrl-C: everything in its terminal is told to stop. */
async function interrupt(shell: ChildProcess): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const ended = new Promise((resolve) => shell.once('exit', resolve));
  shell.stdin?.end();
  if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
  await ended;
}

/** `npm run [--silent] <script> [-- <arguments>]`, without the build. */
const npm = `#!/bin/bash
set -eu
shift
if [ "$1" = --silent ]; then shift; fi
script=$1
shift
if [ "\${1-}" = -- ]; then shift; fi
command=$(node -p 'JSON.parse(fs.readFileSync("package.json", "utf8")).scripts[process.argv[1]]' "$script")
command=\${command#npm run --silent build && }
exec \${command#exec } "$@"
`;
