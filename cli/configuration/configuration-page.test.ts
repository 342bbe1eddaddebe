import { spawnSync } from 'node:child_process';

import { projectRoot } from '../../schema/files.js';

// In a process of its own, because Prettier is loaded as an ES module, which Jest does not load.
it('docs/configuration.md is up to date: otherwise run `npm run generate`', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/configuration/generate.js', '--check'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});
