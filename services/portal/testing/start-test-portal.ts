import { parseSettings } from '../../kit/config/config.js';
import type { Metrics } from '../../kit/observability/metrics.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { startPortal } from '../service.js';
import { type PortalSettings, portalSettings } from '../settings.js';

/** A portal for tests. */
export interface TestPortal {
  readonly origin: string;
  /** Requests a path of it; redirects are not followed. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** Starts a portal on a free port, of the gateway at a URL. */
export async function startTestPortal(
  gatewayUrl: string,
  settings: Partial<PortalSettings> = {},
  metrics?: Metrics,
): Promise<TestPortal> {
  const { port, stop } = await startPortal(
    // All requests of a test come from one client.
    { ...parseSettings(portalSettings, {}), port: 0, gatewayUrl, costBudgetPerMinute: 0, ...settings },
    { logger: silentLogger, metrics },
  );
  const origin = `http://127.0.0.1:${port}`;
  return { origin, fetch: (path, init) => fetch(`${origin}${path}`, { redirect: 'manual', ...init }), stop };
}
