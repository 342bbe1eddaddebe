import { z } from 'zod';

import { countries, europe } from '../schema/values/countries.js';
import { supergraphPath } from '../schema/files.js';
import { address, listenAddress, port, readConfig } from '../services/kit/config/config.js';
import { readSecrets } from '../services/kit/config/subgraph-secrets.js';
import { doorSettings } from './http/settings.js';

/** Whom the gateway asks. */
export const subgraphNames = [...countries, europe].map(({ folder }) => folder);
const variableOf = (folder: string, what: string): string => `${folder.toUpperCase()}_${what}`;

const wholeNumber = (standard: number, least = 0) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${least} to 999999`)
    .transform(Number)
    .refine((value) => value >= least, `must be a whole number from ${least} to 999999`)
    .default(standard);

const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true')
  .default(true);

/** Everything that an operator can say to the gateway, by environment variables. The README's table is made from this. */
export const gatewayVariables = {
  PORT: port(4000).describe('The port it listens on.'),
  LISTEN_ADDRESS: listenAddress.describe('The address it listens on: 0.0.0.0 for every network.'),
  SUPERGRAPH: z
    .string()
    .default(supergraphPath)
    .describe('The composed schema. A new version of the file is taken up at once.'),
  ...doorSettings,
  SUBGRAPH_TIMEOUT_MS: wholeNumber(10_000, 1).describe(
    'How long a country may take for one question, in milliseconds. It ends statements after ten seconds in any case.',
  ),
  PLANNING_TIMEOUT_MS: wholeNumber(2_000, 1).describe('How long it may take to find out whom to ask, in milliseconds.'),
  RATE_LIMIT: wholeNumber(3_000).describe('Requests a minute of one client; 0 for no limit.'),
  MOST_AT_ONCE: wholeNumber(500, 1).describe('Requests under way at once; whoever comes then is asked to come again.'),
  PROXIES: wholeNumber(0).describe('How many proxies stand before it, whose word on who the client is it takes.'),
  SHARE_FETCHES: yesOrNo.describe('Whether equal questions to a country at the same moment are asked once.'),
};

const addresses = Object.fromEntries(
  subgraphNames.map((folder) => [variableOf(folder, 'URL'), address('http', 'https').optional()]),
);

/** What the environment says to the gateway. */
export type GatewaySettings = z.output<z.ZodObject<typeof gatewayVariables>> & {
  /** Where each subgraph is, if not where the supergraph says, by its name. */
  readonly subgraphUrls: Readonly<Record<string, string | undefined>>;
  /** What is shown to each subgraph, by its name. */
  readonly subgraphSecrets: Readonly<Record<string, string>>;
};

/**
 * Reads what the environment says to the gateway: `gatewayVariables`, and of each subgraph `<NAME>_URL`, and `<NAME>_SECRETS`
 * or `<NAME>_SECRETS_FILE`.
 *
 * @throws ConfigError naming every variable that is wrong or missing.
 */
export function readGatewaySettings(environment: NodeJS.ProcessEnv): GatewaySettings {
  const settings = readConfig(gatewayVariables, environment);
  const urls: Record<string, string | undefined> = readConfig(addresses, environment);
  return {
    ...settings,
    subgraphUrls: Object.fromEntries(subgraphNames.map((folder) => [folder, urls[variableOf(folder, 'URL')]])),
    subgraphSecrets: Object.fromEntries(
      subgraphNames.map((folder) => [folder, readSecrets(folder.toUpperCase(), environment)[0]]),
    ),
  };
}
