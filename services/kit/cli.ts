import { Command, CommanderError, type Help, InvalidArgumentError } from 'commander';

import { toPrintable } from './printable.js';

/** A command that a person runs. */
export interface Cli<Options extends object> {
  /** What it does, in one or a few lines. */
  readonly description: string;
  /** Command lines as they are typed, each with what it does; the latter may be empty. */
  readonly examples: readonly (readonly [commandLine: string, meaning: string])[];
  /** Declares the options and arguments. */
  readonly define?: (command: Command) => void;
  /** The end of `--help`: environment variables, exit codes. */
  readonly notes?: string;
  /** Returns the exit code. */
  readonly run: (options: Options, args: readonly string[]) => number | Promise<number>;
  /** The exit code for an error that the user can correct, which is printed without a stack. Undefined: it is thrown on. */
  readonly exitCodeFor?: (error: Error) => number | undefined;
}

/** How a command is used, apart from what it does: enough for `--help` and to reject a command line that is wrong. */
export interface CommandUsage<Options extends object> extends Omit<Cli<Options>, 'run' | 'exitCodeFor'> {
  /** @throws UsageError if the options and arguments do not go together, or name files that do not exist. */
  readonly check?: (options: Options, args: readonly string[]) => void;
}

/** The command line is wrong. The message states what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const usageErrorCode = 2;

/**
 * Runs a command: parses its arguments, prints `--help`, and prints an error that the user can correct as its message.
 *
 * @returns the exit code: 0 after `--help`, 2 for a command line that is wrong, otherwise that of `run` or `exitCodeFor`.
 * @example
 * process.exitCode = await runCli({
 *   description: 'Greets.',
 *   examples: [['npm run greet -- --name Anna', 'greets Anna']],
 *   define: (command) => command.requiredOption('--name <name>', 'the name to greet'),
 *   run: ({ name }: { name: string }) => { console.log(`Hello ${name}`); return 0; },
 * });
 */
export async function runCli<Options extends object>(
  cli: Cli<Options>,
  args: readonly string[] = process.argv.slice(2),
  output: Pick<Console, 'log' | 'error'> = console,
): Promise<number> {
  const command = new Command()
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ formatHelp: (defined, helper) => formatHelp(cli, defined, helper) })
    .configureOutput({
      writeOut: (text) => {
        output.log(text.trimEnd());
      },
      // Usage errors are printed below, like those that `run` throws.
      writeErr: () => undefined,
    })
    .exitOverride();
  cli.define?.(command);
  let exitCode = 0;
  command.action(async () => {
    exitCode = await cli.run(command.opts<Options>(), command.args);
  });
  try {
    await command.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Help is printed whatever else is on the command line.
    if (error instanceof CommanderError && args.some((argument) => ['-h', '--help'].includes(argument))) {
      output.log(command.helpInformation());
      return 0;
    }
    if (error instanceof CommanderError || error instanceof UsageError) {
      output.error(toPrintable(`${withoutPrefix(error.message)} (See --help.)`));
      return usageErrorCode;
    }
    const code = cli.exitCodeFor?.(error);
    if (code === undefined) throw error;
    output.error(toPrintable(error.message));
    return code;
  }
}

/** Parses an option's whole number, for commander. */
export const integerFrom =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };

/** `error: unknown option '--nmae'\n(Did you mean --name?)` -> `Unknown option '--nmae'. Did you mean --name?` */
function withoutPrefix(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\n\((.+)\)$/, '. $1');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function formatHelp({ description, examples, notes }: Cli<never>, command: Command, helper: Help): string {
  const described = [
    ...helper
      .visibleArguments(command)
      .map((argument): Row => [helper.argumentTerm(argument), helper.argumentDescription(argument)]),
    ...helper
      .visibleOptions(command)
      .map((option): Row => [helper.optionTerm(option), helper.optionDescription(option)]),
  ].filter(([, meaning]) => meaning !== '');
  return [description, table(examples), table(described), notes].filter(Boolean).join('\n\n');
}

type Row = readonly [term: string, meaning: string];

/** The width of the first column at most; the meaning of a longer term is on the next line. */
const maxTermWidth = 48;

/** Two columns, indented. */
function table(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([{ length }]) => length).filter((length) => length <= maxTermWidth));
  const margin = ' '.repeat(width + 4);
  return rows
    .map(([term, meaning]) => {
      const lines = meaning.replaceAll('\n', `\n${margin}`);
      return (term.length > width ? `  ${term}\n${margin}${lines}` : `  ${term.padEnd(width)}  ${lines}`).trimEnd();
    })
    .join('\n');
}
