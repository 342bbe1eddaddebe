import { runCli } from '../../services/kit/cli.js';
import { soakCli, type SoakOptions } from './arguments.js';

async function parse(args: readonly string[]) {
  let options: SoakOptions | undefined;
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const cli = soakCli((parsed) => {
    options = parsed;
    return Promise.resolve(0);
  });
  const code = await runCli(cli, args, { log: print, error: print });
  return { code, options, printed: printed.join('\n') };
}

describe('npm run soak', () => {
  it('runs all kinds, within about forty minutes, by default', async () => {
    expect(await parse([])).toMatchObject({
      code: 0,
      printed: '',
      options: {
        kinds: ['kills', 'faults', 'operations', 'webhooks', 'abuse'],
        kills: 100,
        requests: 100_000,
        minutes: 15,
        operations: 100_000,
        messages: 10_000,
        attackSeconds: 20,
        undisturbedSeconds: 6,
        attacks: [],
        seed: expect.any(Number) as number,
      },
    });
  });

  it('takes the kind, its extent and the seed', async () => {
    expect((await parse(['--kind', 'kills', '--kills', '20', '--seed=7'])).options).toMatchObject({
      kinds: ['kills'],
      kills: 20,
      seed: 7,
    });
    expect((await parse(['--kind', 'operations', '--operations', '500'])).options).toMatchObject({
      kinds: ['operations'],
      operations: 500,
    });
    const abuse = ['--kind', 'abuse', '--attack-seconds', '8', '--undisturbed-seconds=3', '--attack', 'plan', '520'];
    expect((await parse(abuse)).options).toMatchObject({
      kinds: ['abuse'],
      attackSeconds: 8,
      undisturbedSeconds: 3,
      attacks: ['plan', '520'],
    });
    expect((await parse(['--kind', 'faults', '--requests', '500', '--minutes=2'])).options).toMatchObject({
      kinds: ['faults'],
      requests: 500,
      minutes: 2,
    });
  });

  it.each([[['--help']], [['-h', '--kills', 'x']]])('prints help for %j', async (args) => {
    const { code, options, printed } = await parse(args);
    expect([code, options]).toEqual([0, undefined]);
    expect(printed).toContain('npm run soak -- --kind faults --minutes 3');
  });

  it.each([
    [['--kind', 'murders'], 'Allowed choices are kills, faults, operations, webhooks, abuse.'],
    [['--kills', '0'], 'It must be a whole number from 1 to 999999.'],
    [['--requests', 'many'], 'It must be a whole number from 1 to 999999.'],
    [['--minutes', '1.5'], 'It must be a whole number from 1 to 999999.'],
    [['--seed', '1.5'], 'It must be a whole number from 0 to 999999999.'],
    [['--murders', '3'], "Unknown option '--murders'"],
  ])('rejects %j with exit code 2', async (args, message) => {
    expect(await parse(args)).toEqual({
      code: 2,
      options: undefined,
      printed: expect.stringContaining(message) as string,
    });
  });
});
