import { z } from 'zod';

import { getMeta, type SettingsOf } from '../kit/config/config.js';
import { port, url } from '../kit/config/fields.js';
import { clientLimitSettings } from '../kit/limits/client-limit-settings.js';

/** The port of the portal unless `PORTAL_PORT` is set. */
export const defaultPort = 4020;

const { costBudgetPerMinute, trustedProxyHops } = clientLimitSettings('PORTAL_');

/** Everything that an operator can configure, by environment variables. */
export const portalSettings = {
  port: port().default(defaultPort).meta({ variable: 'PORTAL_PORT', description: 'The port to listen on.' }),
  gatewayUrl: url('http', 'https').default('http://127.0.0.1:4000/graphql').meta({
    variable: 'GATEWAY_URL',
    description: 'The URL of the gateway’s GraphQL endpoint, from which everything is read.',
  }),
  publicUrl: url('http', 'https').optional().meta({
    variable: 'PORTAL_PUBLIC_URL',
    description:
      'The address at which clients reach the portal, such as https://portal.example: it begins the addresses in its responses. Default: localhost, with the port.',
  }),
  playgroundUrl: url('http', 'https').default('http://localhost:4000/').meta({
    variable: 'PLAYGROUND_URL',
    description: 'The address at which clients reach the gateway’s playground, to which pages link.',
  }),
  boundaries: z.string().optional().meta({
    variable: 'PORTAL_BOUNDARIES',
    description:
      'A file with the boundaries of municipalities, as Eurostat’s GISCO publishes local administrative units (LAU): TopoJSON or GeoJSON. Maps then show municipalities: see docs/web-pages.md. Default: maps show regions.',
  }),
  costBudgetPerMinute: costBudgetPerMinute.meta({
    ...getMeta(costBudgetPerMinute),
    description:
      'Maximum cost per minute of the requests of one client: 100 for each request, and what the gateway charges for each operation that it sends; 0 disables the limit.',
  }),
  trustedProxyHops,
};

export type PortalSettings = SettingsOf<typeof portalSettings>;
