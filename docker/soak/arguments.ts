import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'run'; readonly kills: number; readonly seed: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

const standardKills = 100;

export const usage = `Kills Europe at random moments while countries change, and compares its index with one that was never interrupted.

  npm run soak                     ${standardKills} kills, in some five minutes
  npm run soak -- --kills 20       so many
  npm run soak -- --seed 7         other changes and moments; the default is another one each time

It starts what it needs, on free ports and on files of its own, and stops it at the end and on Ctrl-C. Exit code 1 when the
index differs, 2 for arguments that are wrong.`;

/** Reads the arguments after `soak.js`. */
export function parseArguments(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        kills: { type: 'string', default: String(standardKills) },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    });
    if (values.help) return { kind: 'help' };
    if (!/^[1-9]\d{0,5}$/.test(values.kills)) return refused('kills', values.kills, 'from 1 to 999999');
    if (!/^\d{1,9}$/.test(values.seed)) return refused('seed', values.seed, 'from 0 to 999999999');
    return { kind: 'run', kills: Number(values.kills), seed: Number(values.seed) };
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
  }
}

const refused = (name: string, value: string, range: string): Command => ({
  kind: 'refused',
  message: `--${name} ${value}: must be a whole number ${range}`,
});
