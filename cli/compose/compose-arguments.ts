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
    ['npm run compose', 'every subgraph as this release has it'],
    [
      'npm run compose -- --subgraph belgium=https://belgium.example/subgraph',
      'Belgium as it runs, the others as this release has them',
    ],
    ['npm run compose -- --subgraph belgium=belgium.graphql', 'Belgium as in a file'],
    ['npm run compose -- --subgraph belgium=belgium.graphql --dry-run', 'print what would change, and write nothing'],
  ],
  define: (command: Command) => {
    command
      .option(
        '--subgraph <name>=<address or file>',
        'once for each subgraph, including one that this release does not know',
        collectSubgraphs,
      )
      .option(
        '--out <file>',
        'the file to write (SUPERGRAPH, or schema/supergraph.graphql: the file that the gateway reloads)',
      )
      .option('--against <file>', 'the supergraph that clients have today (--out, if it exists)')
      .option('--allow-breaking', 'write although it breaks clients')
      .option('--dry-run', 'write nothing');
  },
  notes: `<NAME>_SUBGRAPH_SECRETS  the secret of a running subgraph, or <NAME>_SUBGRAPH_SECRETS_FILE
<NAME>_URL               where the gateway finds a subgraph that is given as a file (its port on this machine)

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
