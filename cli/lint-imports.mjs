/** `npm run lint:imports`: checks who imports what. In one process, because loading the checker takes as long as what it checks. */
import { cruise } from 'dependency-cruiser';
import readOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const checks = [
  ['./.dependency-cruiser.mjs', ['bench', 'cli', 'docker', 'gateway', 'schema', 'services', 'tests']],
  ['./.dependency-cruiser-folders.mjs', ['cli', 'gateway', 'schema', 'services']],
];

for (const [rules, folders] of checks) {
  const options = { ...(await readOptions(rules)), outputType: 'err' };
  const { output, exitCode } = await cruise(folders, options);
  process.stdout.write(output);
  // The number of errors.
  if (exitCode > 0) process.exitCode = 1;
}
