import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';

import type { SubgraphSource } from '../../schema/compose/compose.js';
import { countries, europe } from '../../schema/values/countries.js';
import { supergraphPath } from '../../schema/files.js';
import { CompositionError } from '../../schema/sdl/parse-sdl.js';
import { subgraphSources } from '../../schema/compose/subgraph-sources.js';
import { type ComposeArguments, readArguments, usage, UsageError } from './arguments.js';
import { judge, type Judgement } from './evaluate-release.js';
import { readSubgraph, UnreadableSubgraph } from './read-subgraph.js';

/** Where a command says what it does, and what it refuses. */
export type Speech = Pick<Console, 'log' | 'error'>;

/** The command `npm run compose`. Gives its exit code. */
export async function composeCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  speech: Speech,
): Promise<number> {
  const refuse = (message: string, code: number): number => {
    speech.error(message);
    return code;
  };
  try {
    const asked = readArguments(args, environment['SUPERGRAPH'] || supergraphPath);
    if (!asked) {
      speech.log(usage);
      return 0;
    }
    const subgraphs = await gather(asked, environment);
    const before = existsSync(asked.against) ? readFileSync(asked.against, 'utf8') : null;
    return await conclude(asked, judge(subgraphs, before), before, speech);
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message, 2);
    if (error instanceof CompositionError || error instanceof UnreadableSubgraph) return refuse(error.message, 1);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return refuse(`${(error as NodeJS.ErrnoException).path ?? 'A file'} cannot be used: ${code}.`, 1);
  }
}

/** Those named, and of the others what this release has. The order of the list, so that the same subgraphs give the same file. */
async function gather({ subgraphs }: ComposeArguments, environment: NodeJS.ProcessEnv): Promise<SubgraphSource[]> {
  const own = subgraphSources().map((source) => ({
    ...source,
    url: environment[`${source.name.toUpperCase()}_URL`] || source.url,
  }));
  const urls = new Map(own.map(({ name, url }) => [name, url]));
  const read = await Promise.all(subgraphs.map((named) => readSubgraph(named, urls, environment)));
  const byName = new Map(read.map((source) => [source.name, source]));
  const added = read.filter(({ name }) => !urls.has(name));
  const all = own.map((source) => byName.get(source.name) ?? source);
  return [
    ...all.filter(({ name }) => name !== europe.folder),
    ...added,
    ...all.filter(({ name }) => name === europe.folder),
  ];
}

async function conclude(
  asked: ComposeArguments,
  judgement: Judgement,
  before: string | null,
  speech: Speech,
): Promise<number> {
  const { supergraph, versions, changes, waiting, faults } = judgement;
  for (const [name, version] of versions) {
    const stated = version === null ? 'states no version of the contract' : `contract ${version}`;
    speech.log(
      `${name}: ${stated}${isKnown(name) ? '' : '; Europe and the gateway know it once they are released with its line'}`,
    );
  }
  for (const { severity, sentence } of changes) speech.log(`${severity}: ${sentence}`);
  for (const message of waiting) speech.log(`waiting for the others: ${message}`);
  if (faults.length > 0) {
    speech.error(`Not written:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    return 1;
  }
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  speech.log(
    before === null
      ? 'No supergraph to compare with: this is the first.'
      : `Against ${asked.against}: ${breaking} breaking, ${changes.length - breaking} dangerous for clients.`,
  );
  if (breaking > 0 && !asked.allowBreaking) {
    speech.error('Not written: it breaks clients. With --allow-breaking it is written all the same.');
    return 1;
  }
  if (asked.dryRun) speech.log('Not written: this was a dry run.');
  else if (existsSync(asked.out) && readFileSync(asked.out, 'utf8') === supergraph)
    speech.log(`${asked.out} is as it was.`);
  else {
    await writeWhole(asked.out, supergraph);
    speech.log(`${asked.out} is written; a gateway that reads it serves it within seconds.`);
  }
  return 0;
}

function isKnown(name: string): boolean {
  return [...countries, europe].some(({ folder }) => folder === name);
}

/** A gateway that looks meanwhile sees the old file or the new one, never half of it. */
async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    // Nobody knows of the draft.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  } finally {
    await rm(draft, { force: true });
  }
}
