import { projectPath } from '../schema/files.js';
import { growHeapFreely } from '../services/kit/garbage-collection.js';
import { runProcess } from '../services/kit/run-process.js';
import { startGateway } from './gateway.js';
import { documentedGatewaySettings, gatewaySettings, renamedGatewayMetrics, subgraphNames } from './settings.js';

/** Runs the gateway's process, which is configured by environment variables. */
export const runGateway = (): Promise<void> =>
  runProcess(
    {
      name: 'gateway',
      settings: gatewaySettings,
      documentedSettings: documentedGatewaySettings,
      usage: [
        'Serves the graph of all countries.',
        '',
        'Usage: node dist/gateway/main.js        (everything is configured by environment variables)',
        'Example: PORT=8080 COST_BUDGET_PER_MINUTE=500000 DENMARK_URL=http://denmark:4001/subgraph DENMARK_SUBGRAPH_SECRETS_FILE=/run/secrets/denmark … node dist/gateway/main.js',
        '',
        `<NAME> is the name of a subgraph: ${subgraphNames.map((name) => name.toUpperCase()).join(', ')}.`,
      ].join('\n'),
      renamedMetrics: renamedGatewayMetrics,
    },
    async ({ playground, ...settings }, dependencies) => {
      const gateway = await startGateway(settings, {
        ...dependencies,
        playgroundFolder: playground ? projectPath('dist/gateway/playground') : undefined,
      });
      growHeapFreely();
      return gateway;
    },
  );
