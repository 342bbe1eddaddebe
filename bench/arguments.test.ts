import { runCli } from '../services/kit/cli.js';
import { benchCli, scenarioIds, measurements, type BenchOptions } from './arguments.js';

async function parse(args: readonly string[]) {
  let wishes: BenchOptions | undefined;
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const cli = benchCli((parsed) => {
    wishes = parsed;
    return Promise.resolve(0);
  });
  const code = await runCli(cli, args, { log: print, error: print });
  return { code, wishes, printed: printed.join('\n') };
}

describe('the arguments of npm run bench', () => {
  it('choose every measurement by default', async () => {
    expect(await parse([])).toEqual({
      code: 0,
      printed: '',
      wishes: {
        only: measurements,
        seconds: undefined,
        rounds: 5,
        scenarioIds: scenarioIds,
        live: false,
        share: 0.1,
        plans: false,
      },
    });
  });

  it.each([
    [['page', 'start']],
    [['--only', 'page', '--only', 'start']],
    [['--only', 'page,start']],
    [['--only=start,page,page']],
  ])('choose what is named, each once and in its order: %j', async (args) => {
    expect((await parse(args)).wishes).toMatchObject({ only: ['start', 'page'] });
  });

  it('set the seconds', async () => {
    expect((await parse(['--seconds', '60'])).wishes).toMatchObject({ seconds: 60 });
  });

  it('set the size of the index, and whether plans are printed', async () => {
    const { wishes } = await parse(['scale', '--share', '1', '--plans']);
    expect(wishes).toMatchObject({ only: ['scale'], share: 1, plans: true });
  });

  it.each([[['gateways', 'c', 'a', '--rounds', '9', '--live']], [['--only', 'a,gateways,c', '--rounds=9', '--live']]])(
    'choose the scenarios of gateways: %j',
    async (args) => {
      const { wishes } = await parse(args);
      expect(wishes).toMatchObject({ only: ['gateways'], scenarioIds: ['a', 'c'], rounds: 9, live: true });
    },
  );

  it.each([[['--help']], [['-h', '--only', 'page']]])('print help for %j', async (args) => {
    const { code, wishes, printed } = await parse(args);
    expect([code, wishes]).toEqual([0, undefined]);
    expect(printed).toContain('npm run bench -- gateways a c');
  });

  it.each([
    [
      ['--only', 'speed'],
      'Unknown name "speed". The measurements are start, eu, walk, gateways, scale, page; those of gateways are a, b, c.',
    ],
    [
      ['speed'],
      'Unknown name "speed". The measurements are start, eu, walk, gateways, scale, page; those of gateways are a, b, c.',
    ],
    [['a', 'page'], 'Name gateways as well: a are scenarios of it.'],
    [['--rounds', '0'], 'It must be a whole number from 1 to 9999.'],
    [['--seconds', '0'], 'It must be a whole number from 1 to 9999.'],
    [['--share', '0'], 'It must be a number from 0.001 to 1.'],
    [['--share', '2'], 'It must be a number from 0.001 to 1.'],
    [['--seconds', 'long'], 'It must be a whole number from 1 to 9999.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('are rejected with code 2: %j', async (args, message) => {
    expect(await parse(args)).toEqual({
      code: 2,
      wishes: undefined,
      printed: expect.stringContaining(message) as string,
    });
  });
});
