import { execFileSync } from 'node:child_process';

import { projectPath } from '../../schema/files.js';

it('the top level holds the folders of the architecture and what tools require there, and nothing else', () => {
  const names = execFileSync('git', ['ls-tree', '--name-only', 'HEAD'], { cwd: projectPath('.'), encoding: 'utf8' })
    .trimEnd()
    .split('\n')
    .filter((name) => !name.startsWith('.'));
  expect(names).toEqual([
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'bench',
    'cli',
    'docker',
    'docs',
    'gateway',
    'package-lock.json',
    'package.json',
    'schema',
    'services',
    'tests',
    'tsconfig.json',
  ]);
});
