import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { assertValidSchema, type GraphQLSchema } from 'graphql';

import { apiSchema } from '../schema/sdl/api-schema.js';
import { type ClientChange, clientChanges } from '../schema/compose/breaking-changes.js';
import { compose } from '../schema/compose/compose.js';
import { projectRoot } from '../schema/files.js';
import { type Cli, type CommandUsage, runCli } from '../services/kit/cli.js';
import { CompositionError } from '../schema/sdl/parse-sdl.js';
import { subgraphSources } from '../schema/compose/subgraph-sources.js';

/** The two schemas cannot be compared; the message states why, in one line. */
class CheckError extends Error {}

/** Where the command prints its results and its errors. */
type Output = Pick<Console, 'log' | 'error'>;

interface CommandLine {
  readonly against: string;
}

/** The command `npm run schema:check`. Returns its exit code. */
export function schemaCheckCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  const cli: Cli<CommandLine> = {
    ...usage,
    run: ({ against }) =>
      report(
        against,
        clientChanges(readSchema(against, environment), apiSchema('the contract', compose(subgraphSources()))),
        output,
      ),
    exitCodeFor: (error) => (error instanceof CheckError || error instanceof CompositionError ? 2 : undefined),
  };
  return runCli(cli, args, output);
}

const usage: CommandUsage<CommandLine> = {
  description: `Lists what the contract in the working tree changes for clients: what breaks them, and what may surprise them.`,
  examples: [
    ['npm run schema:check', 'compared with the last commit'],
    ['npm run schema:check -- --against main', 'compared with a branch, a tag or a commit'],
    [
      'npm run schema:check -- --against old.graphql',
      `compared with a file: a supergraph, or the schema of a running gateway
(curl http://localhost:4000/schema.graphql > old.graphql)`,
    ],
  ],
  define: (command) => {
    command.option('--against <commit or file>', 'what clients have today', 'HEAD');
  },
  notes:
    'Exit code: 0 nothing breaks, 1 a change breaks clients, 2 the two cannot be compared, or the command line is wrong.',
};

function readSchema(against: string, environment: NodeJS.ProcessEnv): GraphQLSchema {
  try {
    const schema = apiSchema(
      against,
      existsSync(against) ? readFileSync(against, 'utf8') : readCommitted(against, environment),
    );
    assertValidSchema(schema);
    return schema;
  } catch (error) {
    const reason = error instanceof CompositionError ? error.reasons.join(' ') : firstLine(error);
    throw new CheckError(`Cannot read the schema of ${JSON.stringify(against)}: ${reason}`);
  }
}

function readCommitted(ref: string, environment: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(
    'git',
    ['show', '--end-of-options', `${ref}:schema/supergraph.graphql`],
    { cwd: projectRoot, env: environment, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`it is not a file, and git reports: ${stderr.trim()}`);
  return stdout;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}

function report(against: string, changes: readonly ClientChange[], output: Output): number {
  for (const { severity, sentence } of changes) output.log(`${severity}: ${sentence}`);
  const breaking = changes.filter(({ severity }) => severity === 'breaking').length;
  output.log(
    `Against ${against}: ${breaking} breaking, ${changes.length - breaking} dangerous for clients.` +
      (breaking > 0 ? ' How to change the contract without breaking clients: schema/README.md.' : ''),
  );
  return breaking > 0 ? 1 : 0;
}
