import { spawnSync } from 'node:child_process';

import { readProjectFile } from '../schema/files.js';
import { projectRoot, scriptFlags, scriptOf } from './start/paths.js';

const rebuild = (...args: string[]) =>
  spawnSync(process.execPath, [...scriptFlags, scriptOf('cli', 'rebuild'), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    // Should it ever begin in spite of its arguments, it must not find an index.
    env: { PATH: process.env['PATH'], EUROPE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
  });

describe('npm run rebuild', () => {
  it.each([['--help'], ['-h'], ['now', '--help']])('says what it does and how it is used: %s %s', (...args) => {
    const { status, stdout, stderr } = rebuild(...args.filter(Boolean));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run rebuild');
    expect(stdout).toContain("Empties Europe's index");
  });

  it('refuses what it does not know', () => {
    expect(rebuild('--dry-run')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'unknown argument "--dry-run"\nallowed: --help\n',
    });
  });

  it('is a command of the project', () => {
    expect(readProjectFile('package.json')).toContain('node dist/cli/rebuild.js');
  });
});
