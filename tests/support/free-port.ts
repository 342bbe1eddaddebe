import { findTakenPorts } from '../../cli/start/ports.js';

/** Those that were given already, whose process may not listen yet or just now not. */
const given = new Set<number>();

/**
 * A port that stays free while its process is down: below those that operating systems give to connections, where one
 * from `listen(0)` would be.
 */
export async function quietPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const taken = await findTakenPorts([{ port, name: '', portVariable: '' }]);
  if (taken.length > 0 || given.has(port)) return quietPort();
  given.add(port);
  return port;
}
