import { projectPath } from '../schema/files.js';
import { runProcess } from '../services/kit/run-process.js';
import { variablesHelp } from './settings-docs.js';
import { startGateway } from './gateway.js';
import { readGatewaySettings } from './settings.js';
import { readTrustedDocuments } from './documents/read-trusted-documents.js';

if (process.argv.includes('--help')) {
  console.log(variablesHelp());
  process.exit(0);
}

await runProcess('gateway', (logger, metrics) => {
  const settings = readGatewaySettings(process.env);
  const trusted =
    settings.TRUSTED_DOCUMENTS === undefined ? undefined : readTrustedDocuments(settings.TRUSTED_DOCUMENTS);
  return startGateway({
    port: settings.PORT,
    host: settings.LISTEN_ADDRESS,
    supergraphPath: settings.SUPERGRAPH,
    subgraphUrls: settings.subgraphUrls,
    subgraphSecrets: settings.subgraphSecrets,
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
    planningTimeoutMs: settings.PLANNING_TIMEOUT_MS,
    shareFetches: settings.SHARE_FETCHES,
    guards: { requestsPerMinute: settings.RATE_LIMIT, maxConcurrentRequests: settings.MOST_AT_ONCE },
    proxies: settings.PROXIES,
    cache: { megabytes: settings.RESPONSE_CACHE_MB, staleForSeconds: settings.STALE_FOR_SECONDS },
    documents: trusted?.documents,
    knownOperations: trusted?.texts,
    introspection: settings.INTROSPECTION,
    origins: settings.CORS_ORIGINS,
    playground: settings.PLAYGROUND ? projectPath('dist/gateway/playground') : undefined,
    logger,
    metrics,
  });
});
