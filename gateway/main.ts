import './no-telemetry.js';

import { z } from 'zod';

import { countries, europe } from '../schema/countries.js';
import { projectPath, supergraphPath } from '../schema/files.js';
import { address, listenAddress, port, readConfig } from '../services/kit/config.js';
import { run } from '../services/kit/run.js';
import { startGateway } from './gateway.js';

const subgraphs = [...countries, europe].map(({ folder }) => ({ folder, variable: `${folder.toUpperCase()}_URL` }));

const wholeNumber = (standard: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number from 0 to 999999')
    .transform(Number)
    .default(standard);

await run('gateway', (logger) => {
  const { PORT, LISTEN_ADDRESS, SUBGRAPH_TIMEOUT_MS, RATE_LIMIT, MOST_AT_ONCE, PROXIES, ...urls } = readConfig(
    {
      PORT: port(4000),
      LISTEN_ADDRESS: listenAddress,
      SUBGRAPH_TIMEOUT_MS: z
        .string()
        .regex(/^[1-9]\d{0,5}$/, 'must be milliseconds from 1 to 999999')
        .transform(Number)
        .default(10_000),
      RATE_LIMIT: wholeNumber(3_000),
      MOST_AT_ONCE: wholeNumber(500).refine((most) => most > 0, 'must be a whole number from 1 to 999999'),
      PROXIES: wholeNumber(0),
      ...Object.fromEntries(subgraphs.map(({ variable }) => [variable, address('http', 'https').optional()])),
    },
    process.env,
  );
  return startGateway({
    port: PORT,
    host: LISTEN_ADDRESS,
    supergraphPath,
    subgraphUrls: Object.fromEntries(
      subgraphs.map(({ folder, variable }) => [folder, (urls as Record<string, string | undefined>)[variable]]),
    ),
    timeoutMs: SUBGRAPH_TIMEOUT_MS,
    guards: { requestsPerMinute: RATE_LIMIT, mostAtOnce: MOST_AT_ONCE },
    proxies: PROXIES,
    playground: projectPath('dist/gateway/playground'),
    logger,
  });
});
