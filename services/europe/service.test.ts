import { countries } from '../../schema/values/countries.js';
import type { RunningService } from '../kit/http/service.js';
import { silentLogger } from '../kit/testing/silent-logger.js';
import { migrate } from '../kit/database/migrate-schema.js';
import { createServiceDatabase, type ServiceDatabase } from '../kit/testing/databases.js';
import { schemaPlan } from './migrations/schema-plan.js';
import { parseSettings } from '../kit/config/config.js';
import { indexSettings, toFeedOptions } from './settings.js';
import { feedSources, startEurope } from './service.js';
import { waitUntil } from '../kit/testing/wait-until.js';

let store: ServiceDatabase;
let europe: RunningService | undefined;
beforeAll(async () => {
  store = await createServiceDatabase();
});
afterAll(async () => {
  await europe?.stop();
  await store.drop();
});

const logged: unknown[] = [];
const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, {
  error: (what: unknown) => void logged.push(what),
});
const start = (): Promise<RunningService> =>
  startEurope({ port: 0, databaseUrl: store.serviceUrl, countryUrls: {}, logger });
const statusOf = async (): Promise<number> =>
  (await fetch(`http://127.0.0.1:${europe?.port ?? 0}/health/ready`)).status;

it('is not ready before the schema of its index is migrated, and can be stopped until then', async () => {
  await (await start()).stop();
  europe = await start();
  await waitUntil('a line in the log', () => logged.length > 0);
  expect(logged.at(-1)).toMatch(/CreateIndex.*npm run migrate -- europe/);
  expect(await statusOf()).toBe(503);
  await migrate(store.url, schemaPlan, new URL(store.serviceUrl).username);
  await waitUntil('Europe to be ready', async () => (await statusOf()) === 200);
});

const countrySettings = Object.fromEntries(
  countries.flatMap(({ folder }) => [
    [`${folder.toUpperCase()}_URL`, 'http://127.0.0.1:1/subgraph'],
    [`${folder.toUpperCase()}_SUBGRAPH_SECRETS`, 'x'.repeat(32)],
  ]),
);

it('reads each feed with the URL, the secret and the number of allowed entries of its country', () => {
  const settings = parseSettings(indexSettings, {
    EUROPE_DATABASE_URL: 'postgres://europe_service:secret@db.example/europe',
    ...countrySettings,
    ITALY_ALLOWED_ENTRIES: '500000',
  });
  const source = { url: 'http://127.0.0.1:1/subgraph', secret: 'x'.repeat(32) };
  expect(feedSources(toFeedOptions(settings))).toEqual(
    countries.map(({ code, folder }) => ({
      ...source,
      code,
      folder,
      allowedEntries: folder === 'italy' ? 500_000 : undefined,
    })),
  );
});

it('rejects read replicas, because the gateway would cache outdated responses', () => {
  const url = 'postgres://europe_service:secret@db.example/europe';
  const environment = { EUROPE_DATABASE_URL: url, ...countrySettings };
  expect(parseSettings(indexSettings, environment)).toMatchObject({ databaseUrl: url });
  expect(() => parseSettings(indexSettings, { ...environment, EUROPE_REPLICA_URLS: url })).toThrow(
    'EUROPE_REPLICA_URLS cannot be set',
  );
});
