import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into every process before its own code: when the runner is gone, so is the process.
 *
 * A service that is up finishes what is under way first. This is for the one that is still starting and does not
 * listen to its parent yet, and for the one that does not come to an end.
 */
const patience = 30_000;

process.once('disconnect', () => {
  if (process.listenerCount('disconnect') === 0) end();
  setTimeout(end, patience).unref();
});
// A thread has no parent of its own, and ends with its process.
if (isMainThread && !process.connected) end();
// Listening alone is no reason to stay.
process.channel?.unref();

/** Not `process.exit`, before which pino would try, for ever, to write its last lines to a reader that is gone. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
