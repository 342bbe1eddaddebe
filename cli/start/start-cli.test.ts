import { countries } from '../../schema/values/countries.js';
import { runCli } from '../../services/kit/cli.js';
import { ConfigError } from '../../services/kit/config/config.js';
import { startCli } from './start-cli.js';
import { StartError } from './start-error.js';

async function run(args: readonly string[], start: () => Promise<number> = () => Promise.resolve(0)) {
  const [started, stdout, stderr]: [unknown[], string[], string[]] = [[], [], []];
  const cli = startCli((only) => {
    started.push(only);
    return start();
  });
  const code = await runCli(cli, args, {
    log: (line: string) => stdout.push(line),
    error: (line: string) => stderr.push(line),
  });
  return { code, started, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

describe('npm start', () => {
  it('runs every process without an argument', async () => {
    expect(await run([])).toEqual({ code: 0, started: [undefined], stdout: '', stderr: '' });
  });

  it.each(['denmark', 'europe', 'gateway', 'portal'])('runs %s alone', async (name) => {
    expect(await run([name])).toMatchObject({ code: 0, started: [name] });
  });

  it.each([[['--help']], [['-h']], [['denmark', '--help']]])('prints help and starts nothing for %j', async (args) => {
    expect(await run(args)).toEqual({
      code: 0,
      started: [],
      stdout: expect.stringContaining('npm run start:denmark') as string,
      stderr: '',
    });
  });

  it.each([
    [
      ['ruritania'],
      `Allowed choices are ${countries.map(({ folder }) => folder).join(', ')}, europe, gateway, portal.`,
    ],
    [['denmark', 'italy'], 'Expected 1 argument but got 2'],
    [['--verbose'], "Unknown option '--verbose'"],
  ])('rejects %j and states what is allowed', async (args, message) => {
    expect(await run(args)).toEqual({
      code: 2,
      started: [],
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
  });

  it.each([[new StartError('port 4000 is in use')], [new ConfigError(['PORT must be a port'])]])(
    'reports that it cannot start with code 1: %s',
    async (error) => {
      expect(await run([], () => Promise.reject(error))).toMatchObject({ code: 1, stderr: error.message });
    },
  );
});
