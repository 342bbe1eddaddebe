import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { projectRoot } from '../embedded/places.js';
import { readProjectFile } from '../../schema/files.js';

/** A step of a page: what is to be typed, and what it says then. */
export interface Step {
  readonly commands: string;
  /** Lines of which each must be in the output, in this order. */
  readonly says: readonly string[];
}

/** The steps under a heading of a page: each block of `sh`, and the block of `text` behind it, if there is one. */
export function stepsOf(page: string, heading: string): Step[] {
  const [, section = ''] = readProjectFile(page).split(`\n## ${heading}\n`);
  const [part = ''] = section.split('\n## ');
  return [...part.matchAll(/```sh\n([^]*?)```\n(?:\n```text\n([^]*?)```\n)?/g)].map(
    ([, commands = '', output = '']) => ({
      commands,
      says: output.split('\n').filter((line) => line.trim() !== ''),
    }),
  );
}

/** A shell as a reader of a page has it: in the project's folder, with a home of its own. */
export interface Reader {
  readonly home: string;
  /** Types commands. Fails when one of them does. */
  readonly type: (commands: string) => Promise<string>;
  readonly leave: () => void;
}

/**
 * Makes a shell in which `npm run` does what package.json says, but for the build, which the tests have done already.
 */
export function createReader(variables: Readonly<Record<string, string>>): Reader {
  const home = mkdtempSync(join(tmpdir(), 'reuse-graph-reader-'));
  const bin = join(home, '.bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npm'),
    `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(join(bin, 'npm.cjs'))} "$@"\n`,
  );
  writeFileSync(join(bin, 'npm.cjs'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  return {
    home,
    type: async (commands) => {
      const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', commands], {
        cwd: projectRoot,
        env: { ...process.env, ...variables, HOME: home, PATH: [bin, process.env['PATH']].join(delimiter) },
      });
      const ended = new Promise<number | null>((resolve) => shell.once('close', resolve));
      const [output, errors] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
      const code = await ended;
      if (code !== 0) throw new Error(`${commands}\nended with exit code ${String(code)}:\n${output}${errors}`);
      return output;
    },
    leave: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** `npm run <script> -- <arguments>`, without the build. */
const npm = `
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const args = process.argv.slice(2).filter((argument) => argument !== '--silent');
const [, name, dashes, ...rest] = args;
if (args[0] !== 'run' || (dashes !== undefined && dashes !== '--')) throw new Error('Only npm run <script> -- <arguments>.');
const command = JSON.parse(readFileSync('package.json', 'utf8')).scripts[name].replace(/^npm run --silent build && exec /, '');
const [program, ...its] = command.split(' ');
const { status } = spawnSync(program === 'node' ? process.execPath : program, [...its, ...rest], { stdio: 'inherit' });
process.exitCode = status ?? 1;
`;
