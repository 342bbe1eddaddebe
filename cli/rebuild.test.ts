import { spawnSync } from 'node:child_process';

import { readProjectFile } from '../schema/files.js';
import { projectRoot, scriptOf } from './start/paths.js';

const rebuild = (...args: string[]) =>
  spawnSync(process.execPath, [scriptOf('cli', 'rebuild'), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    // If it starts in spite of its arguments, it must not find an index.
    env: { PATH: process.env['PATH'], EUROPE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
  });

describe('npm run rebuild', () => {
  it.each([['--help'], ['-h'], ['now', '--help']])('prints what it does and how it is used: %s %s', (...args) => {
    const { status, stdout, stderr } = rebuild(...args.filter(Boolean));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run rebuild');
    expect(stdout).toContain("Empties Europe's index");
  });

  it.each([
    ['--dry-run', "Unknown option '--dry-run' (See --help.)\n"],
    ['now', 'Too many arguments. Expected 0 arguments but got 1. (See --help.)\n'],
  ])('rejects an unknown argument: %s', (argument, stderr) => {
    expect(rebuild(argument)).toMatchObject({ status: 2, stdout: '', stderr });
  });

  it('is a command of the project', () => {
    expect(readProjectFile('package.json')).toContain('node dist/cli/rebuild.js');
  });
});
