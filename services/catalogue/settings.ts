import { nodeEnv, oidcSettings } from '../kit/auth/oidc-settings.js';
import { databaseSettings } from '../kit/config/database-settings.js';
import { boolean, port } from '../kit/config/fields.js';
import { subgraphSecrets } from '../kit/config/subgraph-secrets.js';
import { clientLimitSettings } from '../kit/limits/client-limit-settings.js';
import { importDir } from './import/tables/import-dir.js';

/**
 * Everything that an operator can configure of a country, by environment variables.
 *
 * @param prefix of its variables: `DENMARK`.
 */
export const catalogueSettings = (prefix: string, defaultPort: number) => ({
  port: port()
    .default(defaultPort)
    .meta({ variable: `${prefix}_PORT`, description: 'The port to listen on.' }),
  subgraphPort: port()
    .optional()
    .meta({
      variable: `${prefix}_SUBGRAPH_PORT`,
      description:
        'A port of its own for `/subgraph`, so that a firewall can reserve it for the gateway and Europe. Default: the same port.',
    }),
  ...databaseSettings(prefix),
  subgraphSecrets: subgraphSecrets(prefix),
  ...clientLimitSettings(`${prefix}_`),
  importDir: importDir(prefix),
  webhooks: boolean()
    .default(false)
    .meta({
      variable: `${prefix}_WEBHOOKS`,
      description:
        'Whether editors can register webhooks, and this process sends changes to them: connections to addresses in the internet that editors choose.',
    }),
  oidc: oidcSettings(prefix),
  nodeEnv,
});
