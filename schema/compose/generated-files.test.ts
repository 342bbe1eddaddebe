import { spawnSync } from 'node:child_process';

import { findOutdatedFiles, projectRoot, readProjectFile } from '../files.js';

// In a process of its own, because the generator of types is an ES module, which Jest does not load.
const generate = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/schema/compose/generate.js', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
  });

it('finds on disk what the contract generates: else run `npm run generate`', () => {
  const { status, stdout, stderr } = generate('--check');
  expect(stderr).toBe('');
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

it('says how it is used', () => {
  expect(generate('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run generate') as string,
  });
});

it('takes a file for out of date when it is absent, or differs in a letter', () => {
  const path = 'schema/supergraph.graphql';
  const content = readProjectFile(path);
  expect(findOutdatedFiles(new Map([[path, content]]))).toEqual([]);
  expect(findOutdatedFiles(new Map([[path, `${content} `]]))).toEqual([path]);
  expect(findOutdatedFiles(new Map([['schema/absent.graphql', '']]))).toEqual(['schema/absent.graphql']);
});
