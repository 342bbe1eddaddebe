import { setTimeout as wait } from 'node:timers/promises';

import { countries, europe } from '../../schema/values/countries.js';
import { differencesBetween, readIndex } from '../../services/europe/testing/compare-indexes.js';
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
import { openStream, type Stream } from './stream.js';

export interface KillOptions {
  /** How often Europe is killed. */
  readonly kills: number;
  /** What is changed, and after how long who is killed. */
  readonly seed: number;
  /** After so many kills, and at the end, the index is compared. */
  readonly compareEvery: number;
  readonly signal: AbortSignal;
  /** Says what is going on. */
  readonly say: (text: string) => void;
}

/** What came of it. */
export interface KillReport {
  /** The rows that the index has otherwise than one that is made from the start of the feeds. */
  readonly differences: readonly string[];
  /** The errors that the processes logged. */
  readonly faults: readonly string[];
}

/** The longest that Europe may take, once nothing changes any more, to have what the feeds say. */
const patience = 60_000;
/** Longer than a process takes to be up and to read something, so that it is killed in whatever it does. */
const longestLife = 2_500;

/**
 * Kills Europe at random moments, and Denmark now and then, while Denmark's database changes and two made-up countries do;
 * then holds the index against one that was never interrupted. All of it in databases of its own, in the PostgreSQL at
 * `TEST_POSTGRES_URL`.
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
  { kills, seed, compareEvery, signal, say }: KillOptions,
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
  let stream: Stream | undefined;
  try {
    say('starting Denmark …');
    denmark.start();
    await denmark.untilReady(signal);
    stream = await openStream(databases[0].url, fakes, createRandom(seed + 1));
    europeService.start();
    for (let kill = 1; kill <= kills && differences.length === 0; kill += 1) {
      stream.run();
      await wait(random.below(longestLife), undefined, { signal });
      await europeService.kill();
      if (random.chance(0.25)) {
        await denmark.kill();
        denmark.start();
      }
      europeService.start();
      say(`kill ${kill} of ${kills}; ${stream.changes()} changes so far`);
      if (kill % compareEvery !== 0 && kill < kills) continue;
      await stream.pause();
      await denmark.untilReady(signal);
      differences = await compare(followed, rebuilt, sources, signal);
      say(differences.length === 0 ? 'compared: the same, row for row' : `compared: ${differences.length} rows differ`);
    }
    return { differences, faults: services.flatMap(({ faults }) => faults()) };
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
      countries.map(({ folder }, place) => [variable(folder, 'URL'), fakes[place - 1]?.url ?? denmark.url]),
    ),
  }));
  return [denmark, links];
}

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url, entities: [], migrations });
  await runMigrations(database);
  return database;
}

/** Makes an index from the start of the feeds, and waits for the one that followed to be the same. */
async function compare(
  followed: Database,
  rebuilt: Database,
  sources: readonly FeedSource[],
  signal: AbortSignal,
): Promise<string[]> {
  const { dataSource } = rebuilt;
  await emptyIndex(dataSource);
  await prepareIndex(
    dataSource,
    sources.map(({ code }) => code),
  );
  const following = followFeeds({ dataSource, sources, logger: silentLogger, intervalMs: 60_000 });
  await following.firstRound;
  await following.stop();
  const wanted = await readIndex(rebuilt.query);
  const deadline = performance.now() + patience;
  for (;;) {
    const differences = differencesBetween(await readIndex(followed.query), wanted);
    if (differences.length === 0 || performance.now() > deadline) return differences;
    await wait(200, undefined, { signal });
  }
}
