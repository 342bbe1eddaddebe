import { checkBuilt, checkPorts } from './preflight-checks.js';
import type { Settings } from './settings.js';
import type { Output } from './output.js';
import { planServices } from './service-plan.js';
import { openDatabases } from './run-databases.js';
import { runServices } from './run-services.js';
import { openSecrets } from './secrets.js';
import type { StopSignals } from './signals.js';

/** What is run, and where it prints and gets signals from. */
export interface Run {
  readonly settings: Settings;
  /** The one process to run; undefined means all. */
  readonly only: string | undefined;
  readonly output: Output;
  readonly signals: StopSignals;
}

/**
 * Runs the graph, or one process of it, until a signal stops it. All processes that it started have ended when it returns.
 *
 * @returns the exit code: 0 after a requested stop.
 * @throws StartError if something cannot start.
 */
export async function run({ settings, only, output, signals }: Run): Promise<number> {
  const began = performance.now();
  const services = planServices(settings, only);
  checkBuilt(services);
  await checkPorts(services.flatMap((service) => [service, ...(service.metrics ? [service.metrics] : [])]));
  const secretOf = await openSecrets(settings);
  const databases = await openDatabases(settings, services, output, signals.stop);
  try {
    if (signals.stop.aborted) return 0;
    return await runServices({ settings, services, databases, secretOf, output, signals, began });
  } finally {
    await databases.stop();
  }
}
