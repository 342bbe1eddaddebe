import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { projectRoot } from './paths.js';

let folder = '';
let ownDatabase: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-script-'));
  ownDatabase = { EUROPE_DATABASE_URL: 'postgres://user@db.example/second', DATA_DIR: join(folder, 'data') };
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a script of a few words as Europe's, in a process of its own: it listens to signals and reads the environment. */
async function start(
  source: string,
  env: NodeJS.ProcessEnv = ownDatabase,
  args: readonly string[] = ['one', 'two'],
): Promise<ChildProcessWithoutNullStreams> {
  const script = join(folder, 'script.mjs');
  await writeFile(script, source);
  const plan = JSON.stringify({ service: 'europe', script, args });
  const runner = `
    import { runScript } from './dist/cli/start/run-script.js';
    process.exitCode = await runScript(${plan});`;
  return spawn(process.execPath, ['--input-type=module', '-e', runner], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], ...env },
  });
}

/** Waits for its end: its output and its exit code. */
async function ended(
  runner: ChildProcessWithoutNullStreams,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const output = Promise.all([text(runner.stdout), text(runner.stderr)]);
  const [code] = (await once(runner, 'close')) as unknown[];
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

describe('a script', () => {
  it('gets its arguments and the variables of its service', async () => {
    const source = `
      const { EUROPE_DATABASE_URL, DENMARK_URL, DENMARK_DATABASE_URL } = process.env;
      console.log(...process.argv.slice(2), EUROPE_DATABASE_URL, DENMARK_URL, DENMARK_DATABASE_URL);`;
    const env = { ...ownDatabase, DENMARK_PORT: '5001', DENMARK_DATABASE_URL: 'postgres://user:secret@db.example/dk' };
    expect(await ended(await start(source, env))).toEqual({
      code: 0,
      stdout: 'one two postgres://user@db.example/second http://127.0.0.1:5001/subgraph undefined\n',
      stderr: '',
    });
  });

  it('needs no database to print its help', async () => {
    const data = join(folder, 'untouched');
    const child = await start(`console.log(process.argv.slice(2).join(' '))`, { DATA_DIR: data }, ['--help']);
    expect(await ended(child)).toEqual({ code: 0, stdout: '--help\n', stderr: '' });
    expect(existsSync(data)).toBe(false);
  });

  it('needs no database to reject a command line', async () => {
    const data = join(folder, 'untouched');
    const command = spawn(process.execPath, ['dist/cli/migrate.js', 'italy', '--dryrun'], {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'], DATA_DIR: data },
    });
    expect(await ended(command)).toEqual({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--dryrun'. Did you mean --dry-run? (See --help.)\n",
    });
    expect(existsSync(data)).toBe(false);
  });

  it('determines the exit code', async () => {
    expect(await ended(await start('process.exit(7)'))).toMatchObject({ code: 7 });
  });

  it('fails when it is killed, with the signal in the message', async () => {
    expect(await ended(await start(`process.kill(process.pid, 'SIGKILL')`))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('stopped before its end (SIGKILL)') as string,
    });
  });

  it('has its output printed, and of its log the errors', async () => {
    const source = `
      console.log('98 read');
      console.log('{ that is all }');
      console.log('{"level":30,"msg":"all is well"}');
      console.log('{"level":50,"msg":"EUROPE_PORT is wrong"}');`;
    expect(await ended(await start(source))).toEqual({
      code: 0,
      stdout: '98 read\n{ that is all }\n',
      stderr: 'EUROPE_PORT is wrong\n',
    });
  });

  it('may finish its work after Ctrl-C, and exits with 130 then', async () => {
    const source = `
      process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });
      setInterval(() => {}, 1000);
      console.log('up');`;
    const runner = await start(source);
    runner.stdout.once('data', () => runner.kill('SIGINT'));
    expect(await ended(runner)).toMatchObject({ code: 130, stdout: 'up\nbye\n' });
  });

  it('is not started with an invalid environment', async () => {
    expect(await ended(await start('', { EUROPE_DATABASE_URL: 'mysql://user@db.example/europe' }))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^EUROPE_DATABASE_URL must be [^\n]+\n$/) as string,
    });
  });
});
