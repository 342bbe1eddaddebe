import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** On Linux, the priority of a session among others. Where it exists, the priority of a process counts only within its session. */
const sessionPriority = '/proc/self/autogroup';

/** Gives this process the lowest priority, and its session too: it is to have one of its own. */
export function lowerPriority(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  if (existsSync(sessionPriority)) writeFileSync(sessionPriority, String(constants.priority.PRIORITY_LOW));
}
