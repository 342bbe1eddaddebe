/**
 * Builds what browsers load of the pages: `node services/portal/web/build.mjs [directory]` (default: `dist/services/portal/web`).
 *
 *   assets/         scripts and styles, each named after its content, and each compressed, as `.br` and `.gz`
 *   manifest.json   the names of the assets, by what needs them
 *
 * Everything comes from `node_modules`: neither the build nor the pages send a request to another host.
 * The manifest names what it was built from, so that a second build of the same costs nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = resolve(here, '../../..');
const directory = resolve(process.argv[2] ?? join(root, 'dist/services/portal/web'));
const manifest = join(directory, 'manifest.json');
const assets = join(directory, 'assets');

/** The package is exported with its checks for developers only. */
const productionModules = {
  'react-router': join(root, 'node_modules/react-router/dist/production/index.mjs'),
  'react-router/dom': join(root, 'node_modules/react-router/dist/production/dom-export.mjs'),
};

/** Brotli's highest level takes a second longer, and these files are sent to every reader. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

const started = performance.now();
const fingerprint = fingerprintOfInputs();

if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).fingerprint === fingerprint) {
  console.log('pages: up to date');
} else {
  const outputs = await bundle();
  // The manifest comes last and stale assets go after it: a server that starts meanwhile always has what its pages name.
  writeFileSync(`${manifest}.new`, JSON.stringify(describe(outputs)));
  renameSync(`${manifest}.new`, manifest);
  for (const name of readdirSync(assets)) if (!(name.replace(/\.(br|gz)$/, '') in outputs)) rmSync(join(assets, name));
  report(outputs);
}

/** What the result depends on: the installed packages and the files of this folder. */
function fingerprintOfInputs() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const names = readdirSync(here, { recursive: true }).filter((name) => /\.(?:mjs|tsx?|css|json)$/.test(name));
  // Texts are sent with the pages.
  for (const name of names.filter((name) => !name.startsWith('messages')).sort()) {
    hash.update(name).update(readFileSync(join(here, name)));
  }
  return hash.digest('hex');
}

/** Writes the assets. Resolves to esbuild's metadata of each, by file name. */
async function bundle() {
  mkdirSync(directory, { recursive: true });
  const { metafile } = await build({
    entryPoints: { client: join(here, 'client.tsx'), styles: join(here, 'styles/index.css') },
    absWorkingDir: root,
    outdir: assets,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    alias: productionModules,
    logLevel: 'warning',
    metafile: true,
  });
  const outputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  for (const name of Object.keys(outputs)) compress(join(assets, name));
  return outputs;
}

function compress(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content, brotliOptions));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

/** The names of the assets, by what needs them. */
function describe(outputs) {
  const nameOf = (entry) => Object.keys(outputs).find((name) => name.startsWith(`${entry}-`));
  const script = nameOf('client');
  const pages = readdirSync(join(here, 'pages')).map((page) => {
    const entry = `services/portal/web/pages/${page}/page.tsx`;
    const own = Object.keys(outputs).find((name) => outputs[name].entryPoint === entry);
    const scripts = new Set([...importsOf(script, outputs), ...(own ? [own, ...importsOf(own, outputs)] : [])]);
    return [page, [...scripts].filter((name) => name !== script)];
  });
  return {
    fingerprint,
    version: fingerprint.slice(0, 16),
    styles: nameOf('styles'),
    script,
    scriptsOf: Object.fromEntries(pages),
  };
}

/** What a script imports before it runs, directly or not. */
function importsOf(name, outputs, found = new Set()) {
  for (const { path, kind } of outputs[name].imports) {
    const imported = basename(path);
    if (kind !== 'import-statement' || found.has(imported)) continue;
    found.add(imported);
    importsOf(imported, outputs, found);
  }
  return found;
}

function report(outputs) {
  const names = Object.keys(outputs);
  const kilobytes = (size) => `${Math.round(size / 1e3)} kB`;
  const size = names.reduce((sum, name) => sum + outputs[name].bytes, 0);
  const compressed = names.reduce((sum, name) => sum + statSync(join(assets, `${name}.br`)).size, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `pages: ${names.length} assets, ${kilobytes(size)} (${kilobytes(compressed)} compressed), ${seconds} s -> ${directory}`,
  );
}
