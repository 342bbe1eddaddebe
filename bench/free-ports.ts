import { processNames, variableOf } from '../cli/start/settings.js';
import { freePort } from '../cli/start/ports.js';

/** A free port for PostgreSQL and each service, as the environment variables of `npm start`. */
export async function freePorts(): Promise<Record<string, string>> {
  const variables = [
    'POSTGRES_PORT',
    ...processNames.map((name) => (name === 'gateway' ? 'PORT' : variableOf(name, 'PORT'))),
  ];
  const ports = new Set<number>();
  while (ports.size < variables.length) ports.add(await freePort());
  return Object.fromEntries([...ports].map((port, index) => [variables[index] ?? '', String(port)]));
}
