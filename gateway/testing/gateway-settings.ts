import { parseSettings } from '../../services/kit/config/config.js';
import { listenAddress } from '../../services/kit/observability/prometheus.js';
import type { GatewayOptions } from '../gateway.js';
import { gatewaySettings } from '../settings.js';

/** The settings of a gateway in tests: the defaults, but on a free port without a budget of clients and a response cache, and with time for planning. */
export function testGatewaySettings(
  subgraphUrls: Readonly<Record<string, string | undefined>>,
  settings: Partial<GatewayOptions> = {},
): GatewayOptions {
  const { subgraphs: _subgraphs, playground: _playground, ...list } = gatewaySettings;
  return {
    ...parseSettings({ ...list, listenAddress }, {}),
    port: 0,
    shutdownDelayMs: 0,
    // All requests of a test come from one client.
    costBudgetPerMinute: 0,
    maxConcurrentRequestsPerClient: 500,
    responseCacheMb: 0,
    // On a busy machine, planning an ordinary operation may take longer than the default.
    planningTimeoutMs: 60_000,
    subgraphs: Object.fromEntries(Object.entries(subgraphUrls).map(([name, url]) => [name, { url }])),
    ...settings,
  };
}
