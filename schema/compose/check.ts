/** `npm run schema:check`: names the changes of the contract that clients would feel. `--help` says how. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { assertValidSchema, type GraphQLSchema } from 'graphql';

import { apiSchema } from '../sdl/api-schema.js';
import { type ClientChange, clientChanges } from './breaking-changes.js';
import { compose } from './compose.js';
import { projectRoot } from '../files.js';
import { CompositionError } from '../sdl/parse-sdl.js';
import { subgraphSources } from './subgraph-sources.js';

const usage = `Names what the working contract changes for clients: what breaks them, and what may surprise them.

  npm run schema:check                          against the last commit
  npm run schema:check -- --against main        against a branch, a tag or a commit
  npm run schema:check -- --against old.graphql against a file: a supergraph, or the schema of a running gateway
                                                (curl http://localhost:4000/schema.graphql > old.graphql)

Exit code: 0 when nothing breaks, 1 when something does, 2 when the two cannot be compared.`;

/** The two cannot be compared, for a reason that its message says in a line. */
class CheckError extends Error {}

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const { help, against } = readArguments(args);
    if (help) {
      console.log(usage);
      return 0;
    }
    return report(against, clientChanges(readSchema(against), apiSchema('the contract', compose(subgraphSources()))));
  } catch (error) {
    if (!(error instanceof CheckError || error instanceof CompositionError)) throw error;
    console.error(error.message);
    return 2;
  }
}

function readArguments(args: readonly string[]): { help: boolean; against: string } {
  try {
    const options = {
      help: { type: 'boolean', short: 'h', default: false },
      against: { type: 'string', default: 'HEAD' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new CheckError(`${firstLine(error)} (See --help.)`);
  }
}

function readSchema(against: string): GraphQLSchema {
  try {
    const schema = apiSchema(against, existsSync(against) ? readFileSync(against, 'utf8') : readCommitted(against));
    assertValidSchema(schema);
    return schema;
  } catch (error) {
    const reason = error instanceof CompositionError ? error.reasons.join(' ') : firstLine(error);
    throw new CheckError(`Cannot read the schema of ${JSON.stringify(against)}: ${reason}`);
  }
}

function readCommitted(ref: string): string {
  const { status, stdout, stderr, error } = spawnSync(
    'git',
    ['show', '--end-of-options', `${ref}:schema/supergraph.graphql`],
    { cwd: projectRoot, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`it is no file, and git says: ${stderr.trim()}`);
  return stdout;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}

function report(against: string, changes: readonly ClientChange[]): number {
  for (const { severity, sentence } of changes) console.log(`${severity}: ${sentence}`);
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  console.log(
    `Against ${against}: ${breaking} breaking, ${changes.length - breaking} dangerous for clients.` +
      (breaking > 0 ? ' How to change the contract without breaking anybody: schema/README.md.' : ''),
  );
  return breaking > 0 ? 1 : 0;
}
