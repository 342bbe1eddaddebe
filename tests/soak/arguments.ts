import { parseArgs } from 'node:util';

/** What is tried. */
export const kinds = ['kills', 'faults'] as const;
export type Kind = (typeof kinds)[number];

/** What the command line asks for. */
export type Command =
  | {
      readonly kind: 'run';
      readonly kinds: readonly Kind[];
      readonly kills: number;
      readonly requests: number;
      readonly minutes: number;
      readonly seed: number;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

const standard = { kills: 100, requests: 100_000, minutes: 15 } as const;

export const usage = `Lets things go wrong for a long time, and checks that the answers stay right.

kills    kills Europe at random moments while countries change, and compares its index with one that was never interrupted
faults   asks the gateway, and abuses it, while every country and Europe have every fault in turn, processes are killed and
         the supergraph is replaced; compares every answer, and the gateway's memory and handles at the beginning and the end

  npm run soak                                            both: ${standard.kills} kills in some five minutes, then ${standard.requests.toLocaleString('en')} requests in at
                                                          most ${standard.minutes} minutes
  npm run soak -- --kind kills --kills 20                 one of them
  npm run soak -- --kind faults --requests 20000          so many requests, and every fault once at least
  npm run soak -- --kind faults --minutes 3               no longer than this, even if not every fault had its turn
  npm run soak -- --seed 7                                other changes, questions and moments; the default is another one each time

It starts what it needs, on free ports and on files of its own, and stops it at the end and on Ctrl-C. Exit code 1 when
something was wrong, 2 for arguments that are.`;

/** Reads the arguments after `soak.js`. */
export function parseArguments(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        kind: { type: 'string' },
        kills: { type: 'string', default: String(standard.kills) },
        requests: { type: 'string', default: String(standard.requests) },
        minutes: { type: 'string', default: String(standard.minutes) },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    });
    if (values.help) return { kind: 'help' };
    const chosen = kinds.filter((kind) => values.kind === undefined || values.kind === kind);
    if (chosen.length === 0) return refused('kind', values.kind ?? '', `must be ${kinds.join(' or ')}`);
    for (const name of ['kills', 'requests', 'minutes'] as const) {
      if (!/^[1-9]\d{0,5}$/.test(values[name])) return refused(name, values[name], wholeNumber('from 1 to 999999'));
    }
    if (!/^\d{1,9}$/.test(values.seed)) return refused('seed', values.seed, wholeNumber('from 0 to 999999999'));
    return {
      kind: 'run',
      kinds: chosen,
      kills: Number(values.kills),
      requests: Number(values.requests),
      minutes: Number(values.minutes),
      seed: Number(values.seed),
    };
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
  }
}

const wholeNumber = (range: string): string => `must be a whole number ${range}`;

const refused = (name: string, value: string, rule: string): Command => ({
  kind: 'refused',
  message: `--${name} ${value}: ${rule}`,
});
