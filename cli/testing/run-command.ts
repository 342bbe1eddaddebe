import { spawnSync, type SpawnSyncReturns } from 'node:child_process';

import { projectRoot, scriptOf } from '../start/paths.js';

/** Runs a command of the build in a process of its own, with these environment variables only. */
export const runCommand = (
  name: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [scriptOf('cli', name), ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...variables },
  });
