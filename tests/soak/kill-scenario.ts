import { setTimeout as wait } from 'node:timers/promises';

import { countries, europe } from '../../schema/values/countries.js';
import { copyClaims, differencesBetween, readIndex } from '../../services/europe/testing/compare-indexes.js';
import { emptyIndex, prepareIndex } from '../../services/europe/harvest/prepare-index.js';
import type { FeedSource } from '../../services/europe/feed/read-feed-page.js';
import { followFeeds } from '../../services/europe/harvest/follow.js';
import { migrations } from '../../services/europe/migrations/migrations.js';
import { createRandom } from '../../services/kit/testing/random.js';
import { type FakeCountry, startFakeCountry } from '../../services/europe/testing/fake-country.js';
import { type Database, runMigrations, openDatabase } from '../../services/kit/database/database.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../services/kit/testing/databases.js';
import { ephemeralSecrets } from '../../cli/start/secrets.js';
import { createService, type Service } from '../support/service-process.js';
import { openChangeStream, type ChangeStream } from './change-stream.js';

export interface KillOptions {
  /** The number of times that Europe is killed. */
  readonly kills: number;
  /** The seed of the changes, and of the moments of the kills. */
  readonly seed: number;
  /** The number of kills between two comparisons of the index; the last follows the last kill. */
  readonly compareEvery: number;
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

/** The result of a kill scenario. */
export interface KillReport {
  /** The rows that differ from an index that is built from the start of the feeds. */
  readonly differences: readonly string[];
  /** The errors that the processes logged. */
  readonly errors: readonly string[];
}

/** The time in which Europe must have read all changes after the last one. */
const catchUpTimeoutMs = 60_000;
/** Longer than a process needs to start and to read a page, so that it is killed in every phase of its work. */
const maxUptimeMs = 2_500;

/**
 * Kills Europe, and sometimes Denmark, at random moments while Denmark's database and two fake countries change; then compares
 * the index with one that was never interrupted. It uses databases of its own in the PostgreSQL at `TEST_POSTGRES_URL`.
 */
export async function runKillScenario(options: KillOptions): Promise<KillReport> {
  const databases = await Promise.all([createServiceDatabase(), createServiceDatabase(), createServiceDatabase()]);
  const fakes = await Promise.all(countries.slice(1).map(({ code }) => startFakeCountry(code)));
  const services: Service[] = [];
  try {
    return await play(options, databases, fakes, services);
  } finally {
    await Promise.all(services.map(({ kill }) => kill()));
    await Promise.all(fakes.map(({ stop }) => stop()));
    await Promise.all(databases.map(({ drop }) => drop()));
  }
}

async function play(
  { kills, seed, compareEvery, signal, log }: KillOptions,
  databases: readonly [ServiceDatabase, ServiceDatabase, ServiceDatabase],
  fakes: readonly FakeCountry[],
  services: Service[],
): Promise<KillReport> {
  const random = createRandom(seed);
  const [denmark, europeService] = await createServices(databases, fakes);
  services.push(denmark, europeService);
  const [followed, rebuilt] = [await open(databases[1].url), await open(databases[2].url)];
  const sources = countries.map((country, index) => ({
    ...country,
    url: fakes[index - 1]?.url ?? denmark.url,
    secret: ephemeralSecrets(country.folder),
  }));
  let differences: readonly string[] = [];
  let stream: ChangeStream | undefined;
  try {
    log('starting Denmark …');
    denmark.start();
    await denmark.untilReady({ signal });
    stream = await openChangeStream(databases[0].url, fakes, createRandom(seed + 1));
    europeService.start();
    for (let kill = 1; kill <= kills && differences.length === 0; kill += 1) {
      stream.run();
      await wait(random.below(maxUptimeMs), undefined, { signal });
      await europeService.kill();
      if (random.chance(0.25)) {
        await denmark.kill();
        denmark.start();
      }
      europeService.start();
      log(`kill ${kill} of ${kills}; ${stream.changes()} changes so far`);
      if (kill % compareEvery !== 0 && kill < kills) continue;
      await stream.pause();
      await denmark.untilReady({ signal });
      differences = await compare(followed, rebuilt, sources, signal);
      log(differences.length === 0 ? 'compared: the same, row for row' : `compared: ${differences.length} rows differ`);
    }
    return { differences, errors: services.flatMap(({ loggedErrors }) => loggedErrors()) };
  } finally {
    await stream?.close();
    await Promise.all([followed.close(), rebuilt.close()]);
  }
}

const variable = (folder: string, name: string): string => `${folder.toUpperCase()}_${name}`;

const secretsOf = (subgraphs: readonly { readonly folder: string }[]): Record<string, string> =>
  Object.fromEntries(subgraphs.map(({ folder }) => [variable(folder, 'SUBGRAPH_SECRETS'), ephemeralSecrets(folder)]));

async function createServices(
  [denmarkDatabase, index]: readonly [ServiceDatabase, ServiceDatabase, ServiceDatabase],
  fakes: readonly FakeCountry[],
): Promise<[Service, Service]> {
  const [first = { folder: '' }] = countries;
  const denmark = await createService(first.folder, (port) => ({
    [variable(first.folder, 'PORT')]: String(port),
    [variable(first.folder, 'DATABASE_URL')]: denmarkDatabase.serviceUrl,
    [variable(first.folder, 'MIGRATION_URL')]: denmarkDatabase.url,
    ...secretsOf([first]),
  }));
  const links = await createService(europe.folder, (port) => ({
    EUROPE_PORT: String(port),
    EUROPE_DATABASE_URL: index.serviceUrl,
    EUROPE_MIGRATION_URL: index.url,
    ...secretsOf([europe, ...countries]),
    ...Object.fromEntries(
      countries.map(({ folder }, index) => [variable(folder, 'URL'), fakes[index - 1]?.url ?? denmark.url]),
    ),
  }));
  return [denmark, links];
}

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url, entities: [], migrations });
  await runMigrations(database);
  return database;
}

/** Builds an index from the start of the feeds, and waits until the one that followed them is the same. */
async function compare(
  followed: Database,
  rebuilt: Database,
  sources: readonly FeedSource[],
  signal: AbortSignal,
): Promise<string[]> {
  const { dataSource } = rebuilt;
  const deadline = performance.now() + catchUpTimeoutMs;
  for (;;) {
    await emptyIndex(dataSource);
    // A rebuild keeps the claims that were observed: those of the followed index, once that has caught up.
    await copyClaims(followed.query, rebuilt.query);
    await prepareIndex(
      dataSource,
      sources.map(({ code }) => code),
    );
    const following = followFeeds({ dataSource, sources, logger: silentLogger, intervalMs: 60_000 });
    await following.firstRound;
    await following.stop();
    const differences = differencesBetween(await readIndex(followed.query), await readIndex(rebuilt.query));
    if (differences.length === 0 || performance.now() > deadline) return differences;
    await wait(200, undefined, { signal });
  }
}
