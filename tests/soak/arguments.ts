import { Option } from 'commander';

import { type Cli, integerFrom } from '../../services/kit/cli.js';

/** The kinds of soak tests. */
export const kinds = ['kills', 'faults', 'operations', 'webhooks', 'abuse'] as const;
export type Kind = (typeof kinds)[number];

/** What a run does. */
export interface SoakOptions {
  readonly kinds: readonly Kind[];
  readonly kills: number;
  readonly requests: number;
  readonly minutes: number;
  readonly operations: number;
  /** The number of messages to webhooks. */
  readonly messages: number;
  /** How long each attack lasts, and how long the client is observed before it. */
  readonly attackSeconds: number;
  readonly undisturbedSeconds: number;
  /** Parts of the names of the attacks that are played. None: all. */
  readonly attacks: readonly string[];
  readonly seed: number;
}

/** The options as they are typed. */
type CommandLine = Omit<SoakOptions, 'kinds' | 'seed' | 'attacks'> & {
  readonly kind?: Kind;
  readonly attack: readonly string[];
  readonly seed?: number;
};

const defaults = {
  kills: 100,
  requests: 100_000,
  minutes: 15,
  operations: 100_000,
  messages: 10_000,
  attackSeconds: 20,
  undisturbedSeconds: 6,
} as const;

/** The command, which runs what its options choose. */
export const soakCli = (soak: (options: SoakOptions) => Promise<number>): Cli<CommandLine> => ({
  description: `Injects faults for a long time, and checks that all responses remain correct.

kills       kills Europe at random moments while countries change, and compares its index with one that was never
            interrupted
faults      sends requests and abuse to the gateway while every country and Europe have every fault in turn, processes
            are killed and the supergraph is replaced; checks every response, and compares the gateway's memory and
            handles at the beginning and the end
operations  sends operations, none of them twice, to a gateway with a heap of 512 MB, next to a well-behaved client;
            checks every response, and compares the heap after the caches are filled with that at the end
webhooks    delivers messages to a receiver that fails in every way, with processes that are replaced; checks that none is
            lost, out of order or forged
abuse       plays every attack of tests/abuse at full strength next to a well-behaved client, and compares the client's
            latencies with those before the attack; needs a machine that does nothing else`,
  examples: [
    [
      'npm run soak',
      `all: ${defaults.kills} kills in about five minutes, ${defaults.requests.toLocaleString('en')} requests in at most ${defaults.minutes} minutes, ${defaults.operations.toLocaleString('en')} distinct operations in about ten, webhooks in a few, then the attacks in about ten`,
    ],
    ['npm run soak -- --kind kills --kills 20', 'one of them'],
    ['npm run soak -- --kind faults --requests 20000', 'this many requests, and every fault at least once'],
    ['npm run soak -- --kind faults --minutes 3', 'at most this long, even if not every fault was injected'],
    ['npm run soak -- --kind operations --operations 20000', 'this many distinct operations'],
    ['npm run soak -- --kind webhooks --messages 2000', 'this many messages'],
    ['npm run soak -- --kind abuse --attack-seconds 8 --undisturbed-seconds 3', 'every attack for a shorter time'],
    ['npm run soak -- --kind abuse --attack "slow operations" "expensive"', 'some attacks, by parts of their names'],
    ['npm run soak -- --seed 7', 'other changes, operations and moments'],
  ],
  define: (command) => {
    command
      .addOption(new Option('--kind <kind>', 'one of the kinds (all)').choices(kinds))
      .option('--kills <number>', 'the number of times that Europe is killed', integerFrom(1, 999_999), defaults.kills)
      .option(
        '--requests <number>',
        'the number of requests to the gateway',
        integerFrom(1, 999_999),
        defaults.requests,
      )
      .option('--minutes <number>', 'the maximum duration of faults', integerFrom(1, 999_999), defaults.minutes)
      .option(
        '--operations <number>',
        'the number of distinct operations',
        integerFrom(100, 999_999),
        defaults.operations,
      )
      .option('--messages <number>', 'the number of messages to webhooks', integerFrom(1, 999_999), defaults.messages)
      .option('--attack-seconds <number>', 'the duration of each attack', integerFrom(1, 3_600), defaults.attackSeconds)
      .option(
        '--undisturbed-seconds <number>',
        'how long the client is observed before each attack',
        integerFrom(1, 3_600),
        defaults.undisturbedSeconds,
      )
      .addOption(new Option('--attack <name...>', 'parts of the names of attacks (all)').default([], 'all'))
      .option('--seed <number>', 'the seed of the random choices (another one each time)', integerFrom(0, 999_999_999));
  },
  notes: `It starts what it needs on free ports and with temporary files, and stops it at the end and on Ctrl-C.

Exit code: 0 no violations, 1 violations, 2 invalid command line.`,
  run: ({ kind, attack, seed = Date.now() % 1_000_000, ...options }) =>
    soak({ ...options, attacks: attack, seed, kinds: kind === undefined ? kinds : [kind] }),
});
