import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { readProjectFile } from '../../schema/files.js';
import { projectRoot } from '../../cli/start/paths.js';

/** A step of a page: commands, their terminal, and their expected output. */
export interface Step {
  /** `third-terminal`; undefined means the first, in which the reader waits for the end of the commands. */
  readonly terminal: string | undefined;
  readonly commands: string;
  /** Lines that must be in the output, in this order; `…` matches any text. */
  readonly expectedLines: readonly string[];
}

/** Parses the steps of a page, or of the section under a heading: each `sh` block, and the `text` block after it, if any. */
export function parseSteps(page: string, heading?: string): Step[] {
  const text = readProjectFile(page);
  const [part = ''] = heading === undefined ? [text] : (text.split(`\n## ${heading}\n`)[1]?.split('\n## ') ?? []);
  return [...part.matchAll(/```sh ?(\S*)\n([^]*?)```\n(?:\n```text\n([^]*?)```\n)?/g)].map(
    ([, terminal, commands = '', output = '']) => ({
      terminal: terminal || undefined,
      commands,
      expectedLines: output.split('\n').filter((line) => line.trim() !== ''),
    }),
  );
}

/** The expected lines that are in an output, in their order. */
export function findExpectedLines(expectedLines: readonly string[], output: string): string[] {
  const lines = output.split('\n');
  let from = 0;
  return expectedLines.filter((line) => {
    const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const pattern = new RegExp(`^${parts.join('.*')}$`);
    const position = lines.findIndex((text, index) => index >= from && pattern.test(text));
    if (position === -1) return false;
    from = position + 1;
    return true;
  });
}

/** The terminals of a person who follows a page, in the project's folder, with a temporary home. */
export interface Terminals {
  readonly home: string;
  /** Runs commands in the first terminal and returns their output. Rejects if a command fails. */
  readonly run: (commands: string) => Promise<string>;
  /** Runs commands in another terminal without waiting for their end. */
  readonly runInBackground: (commands: string) => void;
  /** Stops the commands in all terminals. */
  readonly close: () => Promise<void>;
}

/** Opens terminals in which `npm run` runs the scripts of package.json without the build, which the tests have done before. */
export function openTerminals(variables: Readonly<Record<string, string>>): Terminals {
  const home = mkdtempSync(join(tmpdir(), 'reuse-graph-terminals-'));
  const bin = join(home, '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  const { scripts } = JSON.parse(readProjectFile('package.json')) as { scripts: Readonly<Record<string, string>> };
  for (const [name, command] of Object.entries(scripts))
    writeFileSync(join(bin, `script ${name}`), command.replace(/^node cli\/build\.mjs && exec /, ''));
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
    run: (commands) => typeInto(first, commands),
    runInBackground: (commands) => {
      const shell = open(['-c', commands]);
      shell.stdout?.resume();
      shell.stderr?.resume();
      others.push(shell);
    },
    close: async () => {
      await Promise.all([first, ...others].map(interrupt));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Runs commands in a shell and returns their output. The shell ends if a command fails. */
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
    // In braces, so that the shell reads all commands before it runs any, and no command reads the rest.
    shell.stdin?.write(`{\n${commands}\n} 2>&1 < /dev/null\nprintf '${done.replace('\n', '\\n')}'\n`);
  });
}

const done = 'all commands are done\n';

/** Signals all processes of a terminal to stop. */
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
exec $(cat "$(dirname "$0")/script $script") "$@"
`;
