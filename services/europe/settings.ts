import { countries, europe } from '../../schema/values/countries.js';
import type { SettingsOf } from '../kit/config/config.js';
import { databaseSettings } from '../kit/config/database-settings.js';
import { integer, port, unsupported, url } from '../kit/config/fields.js';
import { subgraphSecrets } from '../kit/config/subgraph-secrets.js';

const { databaseUrl, migrationUrl } = databaseSettings('EUROPE');

/** The variables of a country are those of the gateway, so that both read the same subgraph. */
const countrySettings = (prefix: string) => ({
  url: url('http', 'https').meta({
    variable: `${prefix}_URL`,
    description: 'The URL of the country’s subgraph, of which the change feed is read.',
  }),
  secrets: subgraphSecrets(prefix),
  allowedEntries: integer({ max: 1_000_000_000 })
    .optional()
    .meta({
      variable: `${prefix}_ALLOWED_ENTRIES`,
      description:
        'The number of entries that the country’s catalogue may have in the index even if it grows unusually fast. Set it if the catalogue’s status reports `GROWTH_LIMIT` and the growth is genuine. Default: a catalogue may have 200,000 entries at any pace, and its objects, such as records and organisations, may grow by half, or by 10,000, in a day once its feed was read to the end; a larger catalogue may grow by half.',
    }),
});

const ownSettings = {
  port: port().default(europe.port).meta({ variable: 'EUROPE_PORT', description: 'The port to listen on.' }),
  databaseUrl,
  migrationUrl,
  // The gateway caches responses of the index until the index advances, so no response may come from a replica that lags.
  replicaUrls: unsupported('a second Europe on a second database does more').meta({
    variable: 'EUROPE_REPLICA_URLS',
    description: 'Not supported: start a second Europe on a second database instead.',
    file: true,
  }),
  subgraphSecrets: subgraphSecrets('EUROPE'),
};

/** Everything that an operator can configure, by environment variables. */
export const europeSettings = {
  ...ownSettings,
  countries: Object.fromEntries(countries.map(({ folder }) => [folder, countrySettings(folder.toUpperCase())])),
};

/** The same for documentation: `<COUNTRY>` is replaced by each country. */
export const documentedEuropeSettings = { ...ownSettings, countries: { country: countrySettings('<COUNTRY>') } };

/** The settings of the index, without those of the endpoint. */
export const indexSettings = {
  databaseUrl,
  migrationUrl,
  replicaUrls: europeSettings.replicaUrls,
  countries: europeSettings.countries,
};

/** Where the feed of each country is read, the secret to send, and how many entries are allowed, by the country's folder. */
export const toFeedOptions = ({ countries: settings }: Pick<SettingsOf<typeof europeSettings>, 'countries'>) => ({
  countryUrls: mapValues(settings, (country) => country.url),
  countrySecrets: mapValues(settings, (country) => country.secrets[0]),
  allowedEntries: mapValues(settings, (country) => country.allowedEntries),
});

const mapValues = <Value, Result>(record: Readonly<Record<string, Value>>, map: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
