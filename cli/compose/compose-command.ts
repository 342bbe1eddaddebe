import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';

import type { SubgraphSource } from '../../schema/compose/subgraph-sources.js';
import { countries, europe } from '../../schema/values/countries.js';
import { supergraphPath } from '../../schema/files.js';
import { CompositionError } from '../../schema/sdl/parse-sdl.js';
import { type Cli, runCli } from '../../services/kit/cli.js';
import { subgraphSources } from '../../schema/compose/subgraph-sources.js';
import { type ComposeCommandLine, type ComposeOptions, composeUsage, toComposeOptions } from './compose-arguments.js';
import { evaluate, type Evaluation } from './evaluate-release.js';
import { loadSubgraph, SubgraphUnreadableError } from './load-subgraph.js';

/** Where the command prints its results and its errors. */
type Output = Pick<Console, 'log' | 'error'>;

/** The command `npm run compose`. Returns its exit code. */
export function composeCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  const cli: Cli<ComposeCommandLine> = {
    ...composeUsage,
    run: async (commandLine) => {
      const options = toComposeOptions(commandLine, environment['SUPERGRAPH'] || supergraphPath);
      try {
        const subgraphs = await collectSources(options, environment);
        const before = existsSync(options.against) ? readFileSync(options.against, 'utf8') : null;
        return await reportAndWrite(options, evaluate(subgraphs, before), before, output);
      } catch (error) {
        const { code, path = 'A file' } = error as NodeJS.ErrnoException;
        throw code === undefined ? error : new SubgraphUnreadableError(`${path} cannot be used: ${code}.`);
      }
    },
    exitCodeFor: (error) =>
      error instanceof CompositionError || error instanceof SubgraphUnreadableError ? 1 : undefined,
  };
  return runCli(cli, args, output);
}

/** The named subgraphs, and the others as this release has them, in the order of the list: the same subgraphs give the same file. */
async function collectSources(
  { subgraphs }: ComposeOptions,
  environment: NodeJS.ProcessEnv,
): Promise<SubgraphSource[]> {
  const own = subgraphSources().map((source) => ({
    ...source,
    url: environment[`${source.name.toUpperCase()}_URL`] || source.url,
  }));
  const urls = new Map(own.map(({ name, url }) => [name, url]));
  const loaded = await Promise.all(subgraphs.map((named) => loadSubgraph(named, urls, environment)));
  const byName = new Map(loaded.map((source) => [source.name, source]));
  const added = loaded.filter(({ name }) => !urls.has(name));
  const all = own.map((source) => byName.get(source.name) ?? source);
  return [
    ...all.filter(({ name }) => name !== europe.folder),
    ...added,
    ...all.filter(({ name }) => name === europe.folder),
  ];
}

async function reportAndWrite(
  options: ComposeOptions,
  evaluation: Evaluation,
  before: string | null,
  output: Output,
): Promise<number> {
  const { supergraph, versions, absent, changes, waiting, violations } = evaluation;
  for (const [name, version] of versions) {
    const stated = version === null ? 'states no version of the contract' : `contract ${version}`;
    output.log(
      `${name}: ${stated}${isKnown(name) ? '' : '; Europe and the gateway know it once a release has its line'}`,
    );
  }
  for (const [name, fields] of absent)
    output.log(`null for ${name}, which has an earlier contract: ${fields.join(', ')}`);
  for (const { severity, sentence } of changes) output.log(`${severity}: ${sentence}`);
  for (const message of waiting) output.log(`not in the graph until the other subgraphs have it: ${message}`);
  if (violations.length > 0) {
    output.error(`Not written:\n${violations.map((violation) => `- ${violation}`).join('\n')}`);
    return 1;
  }
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  output.log(
    before === null
      ? `There is no supergraph to compare with at ${options.against}.`
      : `Against ${options.against}: ${breaking} breaking, ${changes.length - breaking} dangerous for clients.`,
  );
  if (breaking > 0 && !options.allowBreaking) {
    output.error('Not written: it breaks clients. Give --allow-breaking to write it nevertheless.');
    return 1;
  }
  if (options.dryRun) output.log('Not written: this was a dry run.');
  else if (existsSync(options.out) && readFileSync(options.out, 'utf8') === supergraph)
    output.log(`${options.out} is unchanged.`);
  else {
    await writeAtomically(options.out, supergraph);
    output.log(`${options.out} is written. A gateway that reads it serves it within seconds.`);
  }
  return 0;
}

function isKnown(name: string): boolean {
  return [...countries, europe].some(({ folder }) => folder === name);
}

/** Replaces the file at once: a gateway that reloads it meanwhile reads the old one or the new one, never half of it. */
async function writeAtomically(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    // The user knows the file by its own name, not by that of the draft.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  } finally {
    await rm(draft, { force: true });
  }
}
