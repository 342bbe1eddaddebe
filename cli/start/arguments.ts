import { processNames } from './settings.js';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'run'; readonly only: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

/** Reads the arguments after `start.js`: nothing, the name of one process, or `--help`. */
export function parseArguments(args: readonly string[]): Command {
  if (args.some((argument) => argument === '--help' || argument === '-h')) return { kind: 'help' };
  const unknown = args.find((argument) => !processNames.includes(argument));
  if (unknown !== undefined) return refused(`unknown argument "${unknown}"`);
  if (args.length > 1) return refused('one process at a time, or none for all of them');
  return { kind: 'run', only: args[0] };
}

const refused = (problem: string): Command => ({
  kind: 'refused',
  message: `${problem}\nallowed: ${processNames.join(', ')}, --help`,
});
