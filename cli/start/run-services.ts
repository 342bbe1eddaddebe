import { childEnvironment } from './child-environment.js';
import type { Settings } from './settings.js';
import { untilReady } from './health.js';
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
  const children = services.map((service) => startService(service, run));
  try {
    await waitUntilReady(run, children);
    if (!signals.stop.aborted) output.plain(startupMessage(settings, services, seconds(performance.now() - began)));
    return await waitForEnd(run, children);
  } finally {
    if (signals.stop.aborted) output.log('stopping … (Ctrl-C again to stop at once)');
    await Promise.all(children.map((child) => stopProcess(child, graceMs, signals.now)));
  }
}

function startService({ name, script, variables }: ServicePlan, { databases, secretOf, output }: ServiceRun): Child {
  const env = childEnvironment(process.env, variables(databases, secretOf));
  return startProcess({ name, script, env }, (line) => {
    output.line(name, line);
  });
}

/** Waits until all services are ready, or for the request to stop. */
async function waitUntilReady(
  { services, databases, output, signals }: ServiceRun,
  children: readonly Child[],
): Promise<void> {
  const over = new AbortController();
  const waiting = new Set(services.map(({ name }) => name));
  const timer = setInterval(() => {
    output.log(`waiting for ${[...waiting].join(', ')} …`);
  }, reminderIntervalMs);
  const ready = services.map(async ({ name, port }) => {
    await untilReady(port, over.signal);
    waiting.delete(name);
  });
  try {
    await Promise.race([
      Promise.all(ready),
      whenAborted(signals.stop),
      ...children.map(failWhenEnded),
      databases.gone.then(() => {
        throw new StartError('PostgreSQL stopped while the services were starting');
      }),
    ]);
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

/** Waits for the request to stop, or until no service is left. */
async function waitForEnd({ databases, output, signals }: ServiceRun, children: readonly Child[]): Promise<number> {
  let over = false;
  for (const child of children) {
    void child.ended.then((how) => {
      if (!over && !signals.stop.aborted) output.log(describeLoss(child, how, children), 'error');
    });
  }
  const noneLeft = Promise.all(children.map(({ ended }) => ended));
  await Promise.race([whenAborted(signals.stop), noneLeft, databases.gone]);
  over = true;
  if (signals.stop.aborted) return 0;
  if (children.some((child) => !child.hasEnded())) output.log('PostgreSQL stopped, so everything stops', 'error');
  return 1;
}

/** A country that is down costs only its own rows, so the others keep running. */
function describeLoss({ name }: Child, how: string, children: readonly Child[]): string {
  const others = children.filter((child) => !child.hasEnded());
  if (others.length === 0) return `${name} stopped (${how})`;
  return `${name} stopped (${how}); the others keep running. Start it again with: npm start -- ${name}`;
}

/** `6234` -> `6.2 s` */
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
