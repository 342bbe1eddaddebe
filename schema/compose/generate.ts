/** `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { findOutdatedFiles, projectPath } from '../files.js';
import { generatedFiles } from './generated-files.js';
import { CompositionError } from '../sdl/parse-sdl.js';

const usage = `Writes the generated files anew: each subgraph's SDL, the supergraph, the resolver types.

  npm run generate              all of them, from what stands in schema/contract and services/
  npm run generate -- --check   writes nothing, and names what is out of date`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !['--check', '--help', '-h'].includes(arg));
  if (unknown !== undefined) return fail(`${unknown}: there is --check. See npm run generate -- --help`, 2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  try {
    const files = await generatedFiles();
    return args.includes('--check') ? check(files) : write(files);
  } catch (error) {
    if (error instanceof CompositionError) return fail(error.message, 1);
    throw error;
  }
}

function check(files: ReadonlyMap<string, string>): number {
  const old = findOutdatedFiles(files);
  for (const path of old) console.error(`${path} is out of date: run \`npm run generate\`.`);
  return old.length === 0 ? 0 : 1;
}

function write(files: ReadonlyMap<string, string>): number {
  for (const [path, content] of files) {
    mkdirSync(dirname(projectPath(path)), { recursive: true });
    writeFileSync(projectPath(path), content);
    console.log(path);
  }
  return 0;
}

function fail(message: string, code: number): number {
  console.error(message);
  return code;
}
