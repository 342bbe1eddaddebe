import { type Cli, integerFrom, runCli, UsageError } from './cli.js';

interface Options {
  readonly name?: string;
  readonly times: number;
}

class CastleClosed extends Error {}

const greet: Cli<Options> = {
  description: 'Greets.',
  examples: [
    ['npm run greet -- --name Anna', 'greets Anna'],
    ['npm run greet -- --name Anna --times 3 with-a-long-argument', 'greets her three times'],
  ],
  define: (command) => {
    command
      .argument('[others...]')
      .option('--name <name>', 'the name to greet')
      .option('--times <number>', 'how often', integerFrom(1, 9), 1);
  },
  notes: 'Exit code: 0 greeted.',
  run: ({ name = 'everyone', times }, others) => {
    if (name === 'Invalid') throw new UsageError('--name must be a name.');
    if (name === 'Duke') throw new CastleClosed('The castle is closed.');
    if (name === 'Ghost') throw new Error('a programming error');
    return name.length * times + others.length;
  },
  exitCodeFor: (error) => (error instanceof CastleClosed ? 1 : undefined),
};

async function run(...args: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const code = await runCli(greet, args, {
    log: (line: string) => stdout.push(line),
    error: (line: string) => stderr.push(line),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

describe('runCli', () => {
  it('returns the exit code of the command, which gets its options and arguments', async () => {
    expect(await run('--name', 'Anna', '--times=2', 'and', 'others')).toEqual({ code: 10, stdout: '', stderr: '' });
    expect(await run()).toMatchObject({ code: 8 });
  });

  it.each([
    [['--help']],
    [['-h']],
    [['--unknown', '--help']],
    [['--name', 'Invalid', '-h', 'x']],
    [['--times', 'x', '-h']],
  ])('prints the description, the examples, the options and the notes for %j', async (args) => {
    expect(await run(...args)).toEqual({
      code: 0,
      stderr: '',
      stdout: `Greets.

  npm run greet -- --name Anna  greets Anna
  npm run greet -- --name Anna --times 3 with-a-long-argument
                                greets her three times

  --name <name>     the name to greet
  --times <number>  how often (default: 1)
  -h, --help        print this help

Exit code: 0 greeted.`,
    });
  });

  it.each([
    [['--nmae', 'Anna'], "Unknown option '--nmae'. Did you mean --name? (See --help.)"],
    [['--name'], "Option '--name <name>' argument missing (See --help.)"],
    [
      ['--times', '10'],
      "Option '--times <number>' argument '10' is invalid. It must be a whole number from 1 to 9. (See --help.)",
    ],
    [
      ['--times', '1.5'],
      "Option '--times <number>' argument '1.5' is invalid. It must be a whole number from 1 to 9. (See --help.)",
    ],
    [['--name', 'Invalid'], '--name must be a name. (See --help.)'],
  ])('prints what is wrong with %j and returns 2', async (args, stderr) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr });
  });

  it('prints the message of an error that the user can correct, and throws any other', async () => {
    expect(await run('--name', 'Duke')).toEqual({ code: 1, stdout: '', stderr: 'The castle is closed.' });
    await expect(run('--name', 'Ghost')).rejects.toThrow('a programming error');
  });
});
