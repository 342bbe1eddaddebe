import { runCli } from '../services/kit/cli.js';
import { benchCli, scenarioIds, measurements, type BenchOptions } from './arguments.js';

async function parse(args: readonly string[]) {
  let options: BenchOptions | undefined;
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const cli = benchCli((parsed) => {
    options = parsed;
    return Promise.resolve(0);
  });
  const code = await runCli(cli, args, { log: print, error: print });
  return { code, options, printed: printed.join('\n') };
}

describe('npm run bench', () => {
  it('runs every measurement by default', async () => {
    expect(await parse([])).toEqual({
      code: 0,
      printed: '',
      options: {
        only: measurements,
        seconds: undefined,
        rounds: 5,
        scenarioIds,
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
  ])('runs each named measurement once, in the order of the list: %j', async (args) => {
    expect((await parse(args)).options).toMatchObject({ only: ['start', 'page'] });
  });

  it('takes the duration in seconds', async () => {
    expect((await parse(['--seconds', '60'])).options).toMatchObject({ seconds: 60 });
  });

  it('takes the share of the Union and whether query plans are printed', async () => {
    const { options } = await parse(['scale', '--share', '1', '--plans']);
    expect(options).toMatchObject({ only: ['scale'], share: 1, plans: true });
  });

  it.each([[['gateways', 'c', 'a', '--rounds', '9', '--live']], [['--only', 'a,gateways,c', '--rounds=9', '--live']]])(
    'runs the named scenarios of gateways: %j',
    async (args) => {
      const { options } = await parse(args);
      expect(options).toMatchObject({ only: ['gateways'], scenarioIds: ['a', 'c'], rounds: 9, live: true });
    },
  );

  it.each([[['--help']], [['-h', '--only', 'page']]])('prints help for %j', async (args) => {
    const { code, options, printed } = await parse(args);
    expect([code, options]).toEqual([0, undefined]);
    expect(printed).toContain('npm run bench -- gateways a c');
  });

  it.each([
    [
      ['--only', 'speed'],
      'Unknown name "speed". The measurements are start, eu, walk, costs, gateways, countries, scale, import, export, browser, page; the scenarios of gateways are a, b, c.',
    ],
    [
      ['speed'],
      'Unknown name "speed". The measurements are start, eu, walk, costs, gateways, countries, scale, import, export, browser, page; the scenarios of gateways are a, b, c.',
    ],
    [['a', 'page'], 'Scenarios (a) need the measurement gateways: add "gateways" to the names.'],
    [['--rounds', '0'], 'It must be a whole number from 1 to 9999.'],
    [['--seconds', '0'], 'It must be a whole number from 1 to 9999.'],
    [['--share', '0'], 'It must be a number from 0.001 to 1.'],
    [['--share', '2'], 'It must be a number from 0.001 to 1.'],
    [['--seconds', 'long'], 'It must be a whole number from 1 to 9999.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('rejects %j with exit code 2', async (args, message) => {
    expect(await parse(args)).toEqual({
      code: 2,
      options: undefined,
      printed: expect.stringContaining(message) as string,
    });
  });
});
