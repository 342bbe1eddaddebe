/**
 * `npm test`: builds, and then runs Jest, with the linters, which check all types, beside both at a lower priority. They use the time in
 * which tests wait, and their output comes after Jest's. Arguments go to Jest: `npm test -- services/kit`.
 */
import { spawn } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';

/** The program that checks types is written in Go. Without collecting garbage it takes a third less time, and little more memory. */
const withoutCollecting = { GOGC: 'off', GOMEMLIMIT: '4GiB' };

/** Runs a command of the project; `text` is what it printed, unless it printed to the terminal itself. */
function run(command, args, { quietly }) {
  const child = spawn(command, args, {
    stdio: quietly ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: quietly ? { ...withoutCollecting, ...process.env } : process.env,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  if (quietly && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ failed: true, text: error.message }));
    child.once('close', (code) => resolve({ failed: code !== 0, text }));
  });
  return { ended, stop: () => child.kill() };
}

const lint = run('npm', ['run', '--silent', 'lint'], { quietly: true });
const built = await run(process.execPath, ['cli/build.mjs'], { quietly: false }).ended;
if (built.failed) {
  lint.stop();
  process.exit(1);
}

// One worker more than cores, because tests of processes wait; a larger young generation, because most objects of a test die young.
const jest = [
  '--max-semi-space-size=64',
  'node_modules/jest/bin/jest.js',
  `--maxWorkers=${availableParallelism() + 1}`,
];
const tested = await run(process.execPath, [...jest, ...process.argv.slice(2)], { quietly: false }).ended;
const linted = await lint.ended;
process.stderr.write(linted.text);
process.exit(tested.failed || linted.failed ? 1 : 0);
