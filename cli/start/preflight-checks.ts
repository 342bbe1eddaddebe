import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectRoot } from './paths.js';
import type { ServicePlan } from './service-plan.js';
import { type PortUse, takenPorts } from './ports.js';
import { StartError } from './start-error.js';

/** A runner that was killed a moment ago leaves services that are just letting go of their ports. */
const patience = 3_000;

/** @throws StartError when a process was not built. */
export function checkBuilt(services: readonly ServicePlan[]): void {
  const missing = services.filter(({ script }) => !existsSync(script));
  if (missing.length === 0) return;
  const files = missing.map(({ script }) => relative(projectRoot, script));
  throw new StartError(`not built: ${files.join(', ')}\nBuild everything with: npm run build`);
}

/** @throws StartError naming every port that somebody else has, who needs it here, and the variable that changes it. */
export async function checkPorts(uses: readonly PortUse[]): Promise<void> {
  const deadline = Date.now() + patience;
  let taken = await takenPorts(uses);
  while (taken.length > 0 && Date.now() < deadline) {
    await sleep(250);
    taken = await takenPorts(taken);
  }
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ port, name, portVariable }) =>
      `port ${String(port)}, for ${name}, is in use: free it, or set ${portVariable} to another`,
  );
  throw new StartError(lines.join('\n'));
}
