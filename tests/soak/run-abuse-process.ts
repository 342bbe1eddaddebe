import { startProcess, stopProcess } from '../../cli/start/processes.js';
import { scriptOf } from '../../cli/start/paths.js';
import type { AbuseOptions } from './abuse-scenario.js';

/** What the process that plays attacks sends. */
export type ToSoak =
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'ended'; readonly table: string; readonly violations: readonly string[] };

/** Longer than the processes of the graph take to stop. */
const graceMs = 60_000;

/** Plays attacks in a process of their own, and returns the latencies of the well-behaved client as a table, and what exceeded its limit. */
export async function runAbuseProcess({
  signal,
  log,
  ...options
}: AbuseOptions): Promise<Pick<Extract<ToSoak, { kind: 'ended' }>, 'table' | 'violations'>> {
  const script = scriptOf('tests', 'soak', 'abuse-process');
  const child = startProcess(
    { name: 'abuse', script, args: [JSON.stringify(options)], env: process.env },
    () => undefined,
  );
  const ended = new Promise<Extract<ToSoak, { kind: 'ended' }>>((resolve) => {
    child.process.on('message', (message: ToSoak) => {
      if (message.kind === 'log') log(message.text);
      else resolve(message);
    });
  });
  const stop = (): void => void stopProcess(child, graceMs, new AbortController().signal);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const result = await Promise.race([ended, child.ended]);
    signal.throwIfAborted();
    if (typeof result !== 'string') return result;
    throw new Error([`The process that plays attacks ended (${result}):`, ...child.lastLines()].join('\n'));
  } finally {
    await child.ended;
    signal.removeEventListener('abort', stop);
  }
}
