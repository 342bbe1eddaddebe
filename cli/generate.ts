/** `npm run generate`: writes the generated files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { findOutdatedFiles, projectPath } from '../schema/files.js';
import { CompositionError } from '../schema/sdl/parse-sdl.js';
import { runCli } from '../services/kit/cli.js';

process.exitCode = await runCli({
  description: `Writes the generated files: the SDL of each subgraph, the supergraph, the resolver types and docs/configuration.md. Their
sources are schema/contract, services/ and the settings of each process.`,
  examples: [
    ['npm run generate', 'writes all of them'],
    ['npm run generate -- --check', 'writes nothing, and prints which of them are out of date'],
  ],
  define: (command) => {
    command.option('--check', 'write nothing, and fail if a file is out of date');
  },
  run: async ({ check = false }: { readonly check?: boolean }) => {
    // Loaded when it is needed, because loading it takes longer than to print help or to reject a command line.
    const { generatedFiles } = await import('../schema/compose/generated-files.js');
    const files = new Map([...(await generatedFiles()), await generateConfigurationPage()]);
    return check ? checkFiles(files) : writeFiles(files);
  },
  exitCodeFor: (error) => (error instanceof CompositionError ? 1 : undefined),
});

async function generateConfigurationPage(): Promise<[path: string, content: string]> {
  const { formatFile } = await import('../schema/compose/format-file.js');
  const { configurationPage } = await import('./configuration/configuration-page.js');
  const path = 'docs/configuration.md';
  return [path, await formatFile(path, configurationPage())];
}

function checkFiles(files: ReadonlyMap<string, string>): number {
  const outdated = findOutdatedFiles(files);
  for (const path of outdated) console.error(`${path} is out of date: run \`npm run generate\`.`);
  return outdated.length === 0 ? 0 : 1;
}

function writeFiles(files: ReadonlyMap<string, string>): number {
  for (const [path, content] of files) {
    mkdirSync(dirname(projectPath(path)), { recursive: true });
    writeFileSync(projectPath(path), content);
    console.log(path);
  }
  return 0;
}
