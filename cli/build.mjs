/**
 * `npm run build`: compiles, and builds the playground and the scripts of the web pages; all only if a file that they read has changed
 * since the last build. Every command runs this first, so finding out takes milliseconds.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** What was built last. In the folder that a build writes, so that it goes with it. */
const record = join(root, 'dist/built');
/** An image is built without those that it does not need. */
const folders = ['bench', 'cli', 'gateway', 'schema', 'services', 'tests'].filter((folder) =>
  existsSync(join(root, folder)),
);
const files = ['package-lock.json', 'tsconfig.json', 'cli/compile.mjs'];

/** The names, sizes and times of all files that a build reads. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  for (const file of files) add(file);
  for (const folder of folders) {
    for (const path of readdirSync(join(root, folder), { recursive: true })) {
      if (/\.tsx?$/.test(path) || path.startsWith('playground') || path.startsWith(join('portal', 'web')))
        add(join(folder, path));
    }
  }
  return hash.digest('hex');
}

function readRecord() {
  try {
    return readFileSync(record, 'utf8');
  } catch {
    return undefined;
  }
}

const run = (script) =>
  new Promise((resolve) => {
    // To stderr, because programs read the output of some commands.
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 2, 2] });
    child.once('close', (code) => resolve(code === 0));
  });

const current = fingerprint();
if (current !== readRecord()) {
  console.error('Building …');
  rmSync(record, { force: true });
  const succeeded = await Promise.all([
    run('cli/compile.mjs'),
    run('gateway/playground/build.mjs'),
    run('services/portal/web/build.mjs'),
  ]);
  if (!succeeded.every(Boolean)) process.exit(1);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(record, current);
}
