import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into every process before its own code: when the runner is gone, so is the process.
 *
 * A service that is ready finishes the requests in progress first. This is for a service that is still starting and does not
 * handle the disconnection yet, and for one that does not end.
 */
const graceMs = 30_000;

process.once('disconnect', () => {
  if (process.listenerCount('disconnect') === 0) end();
  setTimeout(end, graceMs).unref();
});
// A thread has no parent of its own, and ends with its process.
if (isMainThread && !process.connected) end();
// The channel alone does not keep the process alive.
process.channel?.unref();

/** Not `process.exit`, before which pino would try, for ever, to write its last lines to a reader that is gone. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
