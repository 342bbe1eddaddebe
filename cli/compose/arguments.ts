import { parseArgs } from 'node:util';

/** A subgraph to compose, as it is named on the command line: `belgium=https://…/subgraph`. */
export interface NamedSubgraph {
  readonly name: string;
  /** An http or https address, or a file. */
  readonly place: string;
}

/** What was asked for. */
export interface ComposeArguments {
  readonly subgraphs: readonly NamedSubgraph[];
  /** Where the supergraph is written. */
  readonly out: string;
  /** The supergraph that clients have today. */
  readonly against: string;
  readonly allowBreaking: boolean;
  readonly dryRun: boolean;
}

/** The command line is not as it should be; the message says how. */
export class UsageError extends Error {}

/** The text of `--help`. */
export const usage = `Composes the subgraphs into the supergraph that the gateway serves, and says what that changes for clients.

  npm run compose                                          every subgraph as this release has it
  npm run compose -- --subgraph belgium=https://belgium.example/subgraph
                                                           Belgium as it runs, the others as this release has them
  npm run compose -- --subgraph belgium=belgium.graphql    Belgium as a file says
  npm run compose -- --subgraph belgium=belgium.graphql --dry-run
                                                           say what would change, and write nothing

  --subgraph <name>=<address or file>  may stand once for each subgraph, also for one that this release does not know
  --out <file>         where to write (SUPERGRAPH, else schema/supergraph.graphql: the file that the gateway reloads)
  --against <file>     what clients have today (--out, if it is there)
  --allow-breaking     write although it breaks clients
  --dry-run            write nothing

  <NAME>_SUBGRAPH_SECRETS
                       the secrets of a running subgraph, or <NAME>_SUBGRAPH_SECRETS_FILE
  <NAME>_URL           where the gateway finds a subgraph that is no address here (its port on this machine)

Exit code: 0 composed, 1 refused with the reason, 2 the command line is wrong.`;

/**
 * Reads the command line. Null: `--help`.
 *
 * @throws UsageError.
 */
export function readArguments(args: readonly string[], standardOut: string): ComposeArguments | null {
  const values = parse(args);
  if (values.help) return null;
  const subgraphs = values.subgraph.map(readSubgraph);
  const twice = subgraphs.find(({ name }, index) => subgraphs.findIndex((other) => other.name === name) < index);
  if (twice) throw new UsageError(`--subgraph ${twice.name} stands twice.`);
  const out = values.out ?? standardOut;
  return {
    subgraphs,
    out,
    against: values.against ?? out,
    allowBreaking: values['allow-breaking'],
    dryRun: values['dry-run'],
  };
}

const noNames: string[] = [];

function parse(args: readonly string[]) {
  const options = {
    subgraph: { type: 'string', multiple: true, default: noNames },
    out: { type: 'string' },
    against: { type: 'string' },
    'allow-breaking': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n', 1)[0] ?? ''} (See --help.)`);
  }
}

function readSubgraph(text: string): NamedSubgraph {
  const [, name, place] = /^([a-z][a-z0-9]*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || place === undefined) {
    throw new UsageError(
      `--subgraph is ${JSON.stringify(text.slice(0, 80))}; it must be <name>=<address or file>, such as belgium=https://belgium.example/subgraph.`,
    );
  }
  return { name, place };
}
