import { countries } from '../../schema/values/countries.js';
import type { DatabaseSettings } from '../kit/config/database-settings.js';
import { startService, type RunningService } from '../kit/http/service.js';
import type { Logger } from '../kit/observability/logger.js';
import type { Metrics } from '../kit/observability/metrics.js';
import { prepareSchema } from '../kit/database/migrate-schema.js';
import { type Context, createContext } from './context.js';
import { prepareIndex } from './harvest/prepare-index.js';
import { logContractVersions } from './feed/contract-versions.js';
import type { FeedSource } from './feed/read-feed-page.js';
import { followFeeds, type FeedFollower } from './harvest/follow.js';
import { openIndexDatabase } from './index-database.js';
import { schemaPlan } from './migrations/schema-plan.js';
import { createSchema } from './schema.js';
import { loadTopics } from './search/find-topics.js';
import { loadVocabulary } from './understanding/vocabulary.js';

export interface EuropeOptions extends DatabaseSettings {
  readonly port: number;
  readonly host?: string;
  /** See `ServiceOptions`. */
  readonly shutdownDelayMs?: number;
  /** Where each country's feed is read, by the country's folder. */
  readonly countryUrls: Readonly<Record<string, string>>;
  /** The secret sent to each feed, by the country's folder. Default: none. */
  readonly countrySecrets?: Readonly<Record<string, string>>;
  /** The entries that each catalogue may have however fast it grows, by the country's folder. Default: none. */
  readonly allowedEntries?: Readonly<Record<string, number | undefined>>;
  /** Secrets of which requests to `/subgraph` need one. Default: none is needed, for tests within one process. */
  readonly secrets?: readonly string[];
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** How long to wait before a feed that had nothing new is requested again. */
  readonly followIntervalMs?: number;
  /** Called with every SQL statement of a request. */
  readonly onStatement?: (text: string) => void;
}

/** The feeds that Europe follows: of each country with a URL. */
export const feedSources = ({
  countryUrls,
  countrySecrets = {},
  allowedEntries = {},
}: Pick<EuropeOptions, 'countryUrls' | 'countrySecrets' | 'allowedEntries'>): FeedSource[] =>
  countries.flatMap(({ code, folder }) => {
    const url = countryUrls[folder];
    return url === undefined
      ? []
      : [{ code, folder, url, secret: countrySecrets[folder], allowedEntries: allowedEntries[folder] }];
  });

const defaultFollowIntervalMs = 500;

/** How long a country that sends its feed slowly delays readiness; until its end is read, lists name it as stale. */
const maxFirstRoundMs = 120_000;

/** Starts Europe's subgraph: serves routes and the index, and follows the countries' feeds. Routes work without the database. */
export async function startEurope({
  port,
  host,
  shutdownDelayMs,
  databaseUrl,
  migrationUrl,
  countryUrls,
  countrySecrets = {},
  allowedEntries = {},
  secrets,
  logger,
  metrics,
  followIntervalMs = defaultFollowIntervalMs,
  onStatement,
}: EuropeOptions): Promise<RunningService> {
  const sources = feedSources({ countryUrls, countrySecrets, allowedEntries });
  let following: FeedFollower | undefined;
  // Ready once every feed was read, or cannot be read at the moment, or takes long.
  let isFilling = true;
  const index = openIndexDatabase({
    url: databaseUrl,
    migrations: schemaPlan.migrations,
    logger,
    onStatement,
    metrics,
    onOpen: async (database, signal) => {
      await prepareSchema({ database, plan: schemaPlan, migrationUrl, logger, onPending: 'wait', signal });
      await prepareIndex(
        database.dataSource,
        sources.map(({ code }) => code),
      );
      await Promise.all([loadTopics(database.query), loadVocabulary(database.query)]);
      following = followFeeds({
        dataSource: database.dataSource,
        sources,
        logger,
        metrics,
        intervalMs: followIntervalMs,
        maxFirstRoundMs,
      });
      void following.firstRound
        .then(() => logContractVersions(sources, logger))
        .then(() => {
          isFilling = false;
        });
    },
    onClose: async () => following?.stop(),
    onUnavailable: () => {
      isFilling = false;
    },
  });
  const schema = createSchema();
  try {
    const service = await startService<Context>({
      port,
      host,
      shutdownDelayMs,
      logger,
      metrics,
      endpoints: [
        {
          path: '/subgraph',
          isPublic: false,
          secrets,
          options: { schema },
          createContext: (_request, context) => createContext(index, context),
        },
      ],
      readinessProblems: () => Promise.resolve(isFilling ? ['the index is being filled'] : []),
    });
    logger.info(`listening on port ${service.port}`);
    return {
      port: service.port,
      stop: async () => {
        await service.stop();
        await index.close();
      },
    };
  } catch (error) {
    await index.close();
    throw error;
  }
}
