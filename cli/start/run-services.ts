import { childEnvironment } from './child-environment.js';
import type { Settings } from './settings.js';
import { untilIndexComplete, untilReady } from './health.js';
import { keepRunning, type KeptProcess } from './keep-running.js';
import { readLogLine } from './log-line.js';
import { startupMessage } from './messages.js';
import type { Output } from './output.js';
import type { ServicePlan } from './service-plan.js';
import { type Child, startProcess, stopProcess } from './processes.js';
import type { Databases } from './run-databases.js';
import type { SecretOf } from './secrets.js';
import { whenAborted, type StopSignals } from './signals.js';
import { StartError } from './start-error.js';

/** How long a service may take to stop: `SHUTDOWN_DELAY_MS`, ten seconds for the requests in progress, and its database. */
const graceMs = 30_000;
/** How often a long start prints what it waits for. */
const reminderIntervalMs = 15_000;

interface ServiceRun {
  readonly settings: Settings;
  readonly services: readonly ServicePlan[];
  readonly databases: Databases;
  readonly secretOf: SecretOf;
  readonly output: Output;
  readonly signals: StopSignals;
  /** When the start began, by `performance.now()`. */
  readonly began: number;
}

/** Starts all services at once, prints when they are ready, and stops them on request. Returns the exit code. */
export async function runServices(run: ServiceRun): Promise<number> {
  const { settings, services, output, signals, began } = run;
  output.log(`starting ${services.map(({ name }) => name).join(', ')} …`);
  if (services.length > 1)
    output.log('until a country has opened its catalogue, the others warn that it does not respond');
  const started = services.map((service) => ({ service, first: startService(service, run) }));
  const children = started.map(({ first }) => first);
  let kept: readonly KeptProcess[] = [];
  try {
    await waitUntilReady(run, children);
    if (!signals.stop.aborted) output.plain(startupMessage(settings, services, seconds(performance.now() - began)));
    kept = started.map(({ service, first }) => keepService(first, service, run));
    await whenAborted(signals.stop);
    return 0;
  } finally {
    if (signals.stop.aborted) output.log('stopping … (Ctrl-C again to stop at once)');
    await Promise.all(kept.map(({ over }) => over));
    const running = children.map((child, index) => kept[index]?.current() ?? child);
    await Promise.all(running.map((child) => stopProcess(child, graceMs, signals.now)));
  }
}

/** A service that is down costs only its own rows: the others keep running, and it starts again. */
function keepService(first: Child, service: ServicePlan, run: ServiceRun): KeptProcess {
  return keepRunning(first, {
    restart: () => startService(service, run),
    onEnd: (how, delayMs) => {
      run.output.log(`${service.name} stopped (${how}); it starts again in ${delayMs / 1000} s`, 'error');
    },
    signal: run.signals.stop,
  });
}

function startService({ name, script, variables }: ServicePlan, { databases, secretOf, output }: ServiceRun): Child {
  const env = childEnvironment(process.env, variables(databases, secretOf));
  return startProcess({ name, script, env }, (line) => {
    output.line(name, line);
  });
}

/** Waits until all services are ready and the index is complete, or for the request to stop. */
async function waitUntilReady({ services, output, signals }: ServiceRun, children: readonly Child[]): Promise<void> {
  const over = new AbortController();
  const waiting = new Set(services.map(({ name }) => name));
  const timer = setInterval(() => {
    output.log(`waiting for ${[...waiting].join(', ')} …`);
  }, reminderIntervalMs);
  const ready = services.map(async ({ name, port }) => {
    await untilReady(port, over.signal);
    waiting.delete(name);
  });
  const gateway = services.find(({ name }) => name === 'gateway');
  const complete = async (): Promise<void> => {
    await Promise.all(ready);
    if (!gateway || services.length === 1) return;
    waiting.add('the index');
    const stale = await untilIndexComplete(gateway.port, over.signal);
    if (stale.length > 0) output.log(`the index is not complete yet: ${stale.join(', ')}`);
  };
  try {
    await Promise.race([complete(), whenAborted(signals.stop), ...children.map(failWhenEnded)]);
  } finally {
    clearInterval(timer);
    over.abort();
  }
}

const readable = (line: string): string => `  ${readLogLine(line).text}`;

async function failWhenEnded({ name, ended, lastLines }: Child): Promise<never> {
  const how = await ended;
  throw new StartError(
    [`${name} stopped while starting (${how}). Its last lines:`, ...lastLines().map(readable)].join('\n'),
  );
}

/** `6234` -> `6.2 s` */
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
