import { copyShortTables } from '../../cli/testing/short-tables.js';
import { catalogueOf } from '../../cli/testing/catalogue-of.js';
import { countries, europe } from '../../schema/values/countries.js';
import { startCatalogue } from '../../services/catalogue/service.js';
import { startEurope } from '../../services/europe/service.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger as logger } from '../../services/kit/testing/silent-logger.js';
import type { ServiceDatabase } from '../../services/kit/testing/databases.js';
import { copyServiceDatabase, type DatabaseUrls } from '../../services/kit/testing/database-copies.js';
import { copyFilledCatalogue, type FillingTables } from '../../services/catalogue/testing/filled-catalogue.js';
import { reservePort } from './free-port.js';
import { waitUntil } from '../../services/kit/testing/wait-until.js';

/** Every subgraph by its name, in the order of the list of countries. */
export const subgraphs: readonly string[] = [europe, ...countries].map(({ folder }) => folder);

/** The ports of subgraphs, by their names. */
export type Ports = ReadonlyMap<string, number>;

export async function reservePorts(): Promise<Ports> {
  const ports = new Map<string, number>();
  for (const name of subgraphs) ports.set(name, await reservePort());
  return ports;
}

/** The URLs by which a gateway reaches each subgraph, and Europe each country. */
export const urlsOf = (ports: Ports): Record<string, string> =>
  Object.fromEntries([...ports].map(([name, port]) => [name, `http://127.0.0.1:${port}/subgraph`]));

export interface StartOptions {
  /** The databases of all subgraphs. */
  readonly databases: ReadonlyMap<string, DatabaseUrls>;
  readonly ports: Ports;
  /** How often Europe polls for changes. */
  readonly followIntervalMs: number;
  readonly onStatement?: (name: string) => void;
}

/** Starts one subgraph in this process. */
export async function startSubgraph(
  name: string,
  { databases, ports, followIntervalMs, onStatement = () => undefined }: StartOptions,
): Promise<RunningService> {
  const { serviceUrl = '', url } = databases.get(name) ?? {};
  const options = {
    port: ports.get(name) ?? 0,
    databaseUrl: serviceUrl,
    migrationUrl: url,
    logger,
    onStatement: () => {
      onStatement(name);
    },
  };
  const national = await catalogueOf(name);
  return national
    ? startCatalogue(national, { ...options, tables: null })
    : startEurope({ ...options, countryUrls: urlsOf(ports), followIntervalMs });
}

/** Waits until Europe has read every country. */
export async function untilIndexed(ports: Ports): Promise<void> {
  const ready = `http://127.0.0.1:${ports.get(europe.folder) ?? 0}/health/ready`;
  await waitUntil('Europe to index every country', async () => (await fetch(ready)).status === 200, {
    timeoutMs: 280_000,
  });
}

/** What databases are filled with: the bundled tables, or fewer rows of the longest (see short-tables.ts). */
export type TableLength = 'whole' | 'short';

/**
 * Creates a database for each subgraph in the state after a first start: the tables imported, and read by Europe. Short tables are
 * enough, and faster, unless a test expects the numbers of a catalogue.
 */
export async function filledDatabases(length: TableLength): Promise<Map<string, ServiceDatabase>> {
  const databases = new Map<string, ServiceDatabase>();
  for (const { folder } of countries) {
    const national = await catalogueOf(folder);
    if (national) databases.set(folder, await copyFilledCatalogue(national, tables[length]));
  }
  const fillIndex = async (index: DatabaseUrls): Promise<void> => {
    const ports = await reservePorts();
    const options = { databases: new Map([...databases, [europe.folder, index]]), ports, followIntervalMs: 3_600_000 };
    const running = await Promise.all(subgraphs.map((name) => startSubgraph(name, options)));
    try {
      await untilIndexed(ports);
    } finally {
      await Promise.all(running.map(({ stop }) => stop()));
    }
  };
  return databases.set(europe.folder, await copyServiceDatabase(europe.folder, fillIndex, length));
}

const tables: Readonly<Record<TableLength, FillingTables | undefined>> = {
  whole: undefined,
  short: { name: 'short', open: copyShortTables },
};
