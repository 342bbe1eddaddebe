import { countries } from '../../schema/values/countries.js';
import { parseSettings } from '../kit/config/config.js';
import { openDatabase } from '../kit/database/database.js';
import { describeError } from '../kit/observability/error-serializer.js';
import { createLogger } from '../kit/observability/logger.js';
import { prepareSchema } from '../kit/database/migrate-schema.js';
import { emptyIndex, prepareIndex } from './harvest/prepare-index.js';
import { readFeedPage } from './feed/read-feed-page.js';
import { followFeeds } from './harvest/follow.js';
import { defaultFeedLimits } from './feed/limits.js';
import { createStatusRepository } from './repositories/status.js';
import { schemaPlan } from './migrations/schema-plan.js';
import { indexSettings, toFeedOptions } from './settings.js';
import { feedSources } from './service.js';

/** `npm run rebuild`: empties the index and reads the countries' feeds from their start. Exit code 1 if a feed cannot be read. */
const { databaseUrl, migrationUrl, countries: feeds } = parseSettings(indexSettings, process.env);
const logger = createLogger('rebuild');
const database = await openDatabase({ url: databaseUrl, entities: [], migrations: [] });
let startedAt = performance.now();
let entries = 0;
/** How many there were before; the feeds do not state how many there are. */
let expected = 0;
let areRead = false;
const progress = setInterval(() => {
  if (areRead) {
    console.log(`${entries} entries read; counting words and uses …`);
    return;
  }
  const perSecond = entries / ((performance.now() - startedAt) / 1000);
  const left = Math.ceil((expected - entries) / perSecond);
  const remaining = entries > 0 && left > 0 ? `, about ${left} s remaining` : '';
  console.log(`${entries} entries read, ${Math.round(perSecond)} a second${remaining}`);
}, 2_000);
try {
  await prepareSchema({ database, plan: schemaPlan, migrationUrl, logger, onPending: 'fail' });
  const sources = feedSources(toFeedOptions({ countries: feeds }));
  // Checks first that every feed can be read, because only then the index can be refilled.
  for (const source of sources) {
    await readFeedPage(source, {
      after: null,
      first: 1,
      withContents: false,
      withNeeds: false,
      limits: defaultFeedLimits,
      signal: new AbortController().signal,
    }).catch((error: unknown) => {
      throw new Error(
        `the feed of ${source.folder} cannot be read at ${source.url}, so the index was not emptied: ${describeError(error).message}`,
      );
    });
  }
  const [before] = await database.query<{ entries: number }>(
    `SELECT coalesce(sum(entries), 0)::int AS entries FROM catalogue`,
  );
  expected = before?.entries ?? 0;
  await emptyIndex(database.dataSource);
  startedAt = performance.now();
  await prepareIndex(
    database.dataSource,
    sources.map(({ code }) => code),
  );
  const follower = followFeeds({
    dataSource: database.dataSource,
    sources,
    logger,
    intervalMs: 500,
    onPage: (_country, pageEntries) => {
      entries += pageEntries;
    },
    onRead: () => {
      areRead = true;
    },
  });
  await follower.firstRound;
  await follower.stop();
  const status = createStatusRepository(database.query);
  const counts = await status.findCounts(sources.map(({ code }) => code));
  for (const { country, state, problem } of await status.find()) {
    const name = countries.find(({ code }) => code === country)?.name ?? country;
    const count = counts.find((row) => row.country === country);
    console.log(
      `${name}: ${state === 'OK' ? `${count?.entries ?? 0} entries, ${count?.refused ?? 0} rejected` : `could not be read. ${problem?.message ?? ''}`}`,
    );
    if (state !== 'OK') process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  clearInterval(progress);
  await database.close();
}
