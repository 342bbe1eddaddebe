import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectRoot } from './paths.js';
import type { ServicePlan } from './service-plan.js';
import { type PortUse, findTakenPorts } from './ports.js';
import { StartError } from './start-error.js';

/** After a runner was killed, its services need a moment to release their ports. */
const timeoutMs = 3_000;

/** @throws StartError if a process is not built. */
export function checkBuilt(services: readonly ServicePlan[]): void {
  const missing = services.filter(({ script }) => !existsSync(script));
  if (missing.length === 0) return;
  const files = missing.map(({ script }) => relative(projectRoot, script));
  throw new StartError(`not built: ${files.join(', ')}\nBuild everything with: npm run build`);
}

/** @throws StartError naming every port that is in use, the process that needs it, and the variable that changes it. */
export async function checkPorts(uses: readonly PortUse[]): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let taken = await findTakenPorts(uses);
  while (taken.length > 0 && Date.now() < deadline) {
    await sleep(250);
    taken = await findTakenPorts(taken);
  }
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, name, portVariable }) =>
      `port ${String(port)}, for ${name}, is in use: free it, or set ${portVariable} to another`,
  );
  throw new StartError(lines.join('\n'));
}
