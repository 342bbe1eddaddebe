/**
 * Builds the playground: `node gateway/playground/build.mjs [directory]` (default: `dist/gateway/playground`).
 *
 *   index.html   the page; it names the assets and carries the operations of `operations/`
 *   assets/      GraphiQL with Monaco, its styles, fonts and workers, each named after its content,
 *                and each compressed, as `.br` and `.gz`: compressing it for each visitor would take longer than sending it
 *
 * Everything comes from `node_modules`: neither the build nor the page sends a request to another host.
 * The page remembers what it was built from, so that a second build of the same costs nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = resolve(here, '../..');
const directory = resolve(process.argv[2] ?? join(root, 'dist/gateway/playground'));
const page = join(directory, 'index.html');
const assets = join(directory, 'assets');

/** The workers of Monaco, by the label with which it requests them; `editor` serves every other label. */
const workers = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
};

/** GraphiQL's "prettify" takes two parts of Prettier by names that lead to CommonJS, and finds nothing there (graphql/graphiql#4092). */
const prettierModules = {
  'prettier/parser-babel': 'prettier/plugins/babel',
  'prettier/parser-graphql': 'prettier/plugins/graphql',
};

/** Monaco's modules import their styles one by one; `graphiql/style.css` has them all already. */
const withoutMonacoStyles = {
  name: 'without-monaco-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]monaco-editor[\\/].*\.css$/ }, () => ({
      contents: '',
      loader: 'empty',
    }));
  },
};

/** Brotli's highest levels take twenty times as long as 9, and save a few per cent more. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const started = performance.now();
const fingerprint = fingerprintOfInputs();

if (existsSync(page) && readFileSync(page, 'utf8').includes(fingerprint)) {
  console.log('playground: up to date');
} else {
  const outputs = await bundle();
  // The page comes last and stale assets go after it: a server that is running meanwhile always has what its page names.
  mkdirSync(directory, { recursive: true });
  writeFileSync(page, renderPage(outputs));
  for (const name of readdirSync(assets)) if (!(name.replace(/\.(br|gz)$/, '') in outputs)) rmSync(join(assets, name));
  report(outputs);
}

/** What the result depends on: the installed packages and the files of this folder. */
function fingerprintOfInputs() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const name of ['build.mjs', 'index.html', 'app.css', 'app.tsx', 'link.ts', ...operationFiles()]) {
    hash.update(name).update(readFileSync(join(here, name)));
  }
  return hash.digest('hex');
}

function operationFiles() {
  const names = readdirSync(join(here, 'operations'));
  return names.sort().map((name) => `operations/${name}`);
}

/** Writes the assets. Resolves to esbuild's metadata of each, by file name. */
async function bundle() {
  const { metafile } = await build({
    entryPoints: {
      app: join(here, 'app.tsx'),
      styles: join(here, 'app.css'),
      ...Object.fromEntries(Object.entries(workers).map(([label, module]) => [`${label}.worker`, module])),
    },
    absWorkingDir: root,
    outdir: assets,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    alias: prettierModules,
    plugins: [withoutMonacoStyles],
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
  writeFileSync(`${file}.gz`, gzipSync(content));
}

/** Fills the blanks of `index.html`. */
function renderPage(outputs) {
  const url = (entry) => `playground/assets/${Object.keys(outputs).find((name) => name.startsWith(`${entry}-`))}`;
  const settings = {
    workers: Object.fromEntries(Object.keys(workers).map((label) => [label, url(`${label}.worker`)])),
    operations: readOperations(),
  };
  const blanks = {
    fingerprint,
    styles: url('styles'),
    app: url('app'),
    settings: JSON.stringify(settings).replaceAll('<', '\\u003c'),
  };
  return readFileSync(join(here, 'index.html'), 'utf8').replace(/{{(\w+)}}/g, (_blank, name) => blanks[name]);
}

/** The tabs, in the order of their files' names. */
function readOperations() {
  return operationFiles()
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => {
      const variables = join(here, name.replace(/\.graphql$/, '.variables.json'));
      return {
        query: readFileSync(join(here, name), 'utf8'),
        ...(existsSync(variables) && { variables: readFileSync(variables, 'utf8').trim() }),
      };
    });
}

function report(outputs) {
  const names = Object.keys(outputs);
  const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;
  const size = names.reduce((sum, name) => sum + outputs[name].bytes, 0);
  const compressed = names.reduce((sum, name) => sum + statSync(join(assets, `${name}.br`)).size, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `playground: ${names.length} assets, ${megabytes(size)} (${megabytes(compressed)} compressed), ${seconds} s -> ${directory}`,
  );
}
