import { europe } from '../../schema/values/countries.js';
import { createObjectsYoung } from '../kit/garbage-collection.js';
import { runProcess } from '../kit/run-process.js';
import { startEurope } from './service.js';
import { documentedEuropeSettings, europeSettings, toFeedOptions } from './settings.js';

await runProcess(
  {
    name: europe.folder,
    settings: europeSettings,
    documentedSettings: documentedEuropeSettings,
    usage: 'Serves the index over all countries. Usage: node dist/services/europe/main.js',
  },
  (
    { port, listenAddress, shutdownDelayMs, databaseUrl, migrationUrl, subgraphSecrets, countries },
    { logger, metrics },
  ) => {
    createObjectsYoung();
    return startEurope({
      port,
      host: listenAddress,
      shutdownDelayMs,
      databaseUrl,
      migrationUrl,
      secrets: subgraphSecrets,
      ...toFeedOptions({ countries }),
      logger,
      metrics,
    });
  },
);
