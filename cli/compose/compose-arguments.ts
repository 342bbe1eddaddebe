import { type Command, InvalidArgumentError } from 'commander';

import { type Cli, UsageError } from '../../services/kit/cli.js';

/** A subgraph to compose, as it is named on the command line: `belgium=https://…/subgraph`. */
export interface NamedSubgraph {
  readonly name: string;
  /** An http or https address, or a file. */
  readonly source: string;
}

/** The options as they are typed. */
export interface ComposeCommandLine {
  readonly subgraph?: readonly NamedSubgraph[];
  readonly out?: string;
  readonly against?: string;
  readonly allowBreaking?: boolean;
  readonly dryRun?: boolean;
}

/** What is composed, and how. */
export interface ComposeOptions {
  readonly subgraphs: readonly NamedSubgraph[];
  /** The file that the supergraph is written to. */
  readonly out: string;
  /** The supergraph that clients have today. */
  readonly against: string;
  readonly allowBreaking: boolean;
  readonly dryRun: boolean;
}

export const composeUsage: Omit<Cli<ComposeCommandLine>, 'run'> = {
  description:
    'Composes the subgraphs into the supergraph that the gateway serves, and reports what changes for clients.',
  examples: [
    ['npm run compose', 'the subgraphs of this release'],
    [
      'npm run compose -- --subgraph belgium=https://belgium.example/subgraph',
      'Belgium as it is running, the others of this release',
    ],
    ['npm run compose -- --subgraph belgium=belgium.graphql', 'Belgium from a file, the others of this release'],
    ['npm run compose -- --subgraph belgium=belgium.graphql --dry-run', 'print what would change, and write nothing'],
  ],
  define: (command: Command) => {
    command
      .option(
        '--subgraph <name>=<address or file>',
        'a subgraph that is not taken from this release, or a new one; repeatable',
        collectSubgraphs,
      )
      .option(
        '--out <file>',
        'the file to write, which the gateway reloads (default: SUPERGRAPH, or schema/supergraph.graphql)',
      )
      .option('--against <file>', 'the supergraph that clients use today (default: that of --out, if it exists)')
      .option('--allow-breaking', 'write it even if it breaks clients')
      .option('--dry-run', 'print what would change, and write nothing');
  },
  notes: `<NAME>_SUBGRAPH_SECRETS  the secret of a running subgraph, or <NAME>_SUBGRAPH_SECRETS_FILE
<NAME>_URL               the URL of a subgraph that is given as a file (default: its port on this machine)

Exit code: 0 composed, 1 rejected with the reason, 2 the command line is wrong.`,
};

function collectSubgraphs(text: string, earlier: readonly NamedSubgraph[] = []): NamedSubgraph[] {
  const [, name, source] = /^([a-z][a-z0-9]*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || source === undefined) {
    throw new InvalidArgumentError(
      'It must be <name>=<address or file>, such as belgium=https://belgium.example/subgraph.',
    );
  }
  return [...earlier, { name, source }];
}

/** @throws UsageError if a subgraph is given twice. */
export function toComposeOptions(commandLine: ComposeCommandLine, defaultOut: string): ComposeOptions {
  const {
    subgraph: subgraphs = [],
    out = defaultOut,
    against = out,
    allowBreaking = false,
    dryRun = false,
  } = commandLine;
  const repeated = subgraphs.find(({ name }, index) => subgraphs.findIndex((other) => other.name === name) < index);
  if (repeated) throw new UsageError(`--subgraph ${repeated.name} is given twice.`);
  return { subgraphs, out, against, allowBreaking, dryRun };
}
