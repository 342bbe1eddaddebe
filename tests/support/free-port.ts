import { findTakenPorts } from '../../cli/start/ports.js';

/** The ports that were reserved before, whose process may not listen at the moment. */
const reserved = new Set<number>();

/**
 * Reserves a port that stays free while its process is down: below the range of ports that operating systems assign to
 * connections and to `listen(0)`.
 */
export async function reservePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const taken = await findTakenPorts([{ port, name: '', portVariable: '' }]);
  if (taken.length > 0 || reserved.has(port)) return reservePort();
  reserved.add(port);
  return port;
}
