import { spawnSync } from 'node:child_process';

import { projectRoot } from '../schema/files.js';
import { scriptOf } from './start/paths.js';

// In a process of its own, because the generator of types and the formatter are ES modules, which Jest does not load.
const generate = (...args: string[]) =>
  spawnSync(process.execPath, [scriptOf('cli', 'generate'), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
  });

describe('npm run generate', () => {
  it('finds every generated file up to date: otherwise run `npm run generate`', () => {
    expect(generate('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('prints help with an example', () => {
    expect(generate('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run generate -- --check') as string,
    });
  });

  it('rejects an unknown option', () => {
    expect(generate('--chek')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: "Unknown option '--chek'. Did you mean --check? (See --help.)\n",
    });
  });
});
