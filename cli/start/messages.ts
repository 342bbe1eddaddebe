import { countries, europe } from '../../schema/values/countries.js';
import { settingsHelp } from '../../services/kit/config/settings-docs.js';
import { documentedStartSettings, type Settings } from './settings.js';
import type { ServicePlan } from './service-plan.js';

/** The end of `--help`: the environment variables. */
export const notes = (): string => `Without npm: node dist/cli/start/start.js [process]

Environment variables:

${settingsHelp(documentedStartSettings)}

<NAME> is ${[...countries, europe].map(({ folder }) => folder.toUpperCase()).join(', ')}. If each has a database of its own, the embedded PostgreSQL does not start.
docs/configuration.md lists the other variables of the processes, such as those of OIDC.

Europe fills its index from the countries by itself. To rebuild it: npm run rebuild -- --help`;

/** The message that is printed when everything is ready. */
export function startupMessage(settings: Settings, services: readonly ServicePlan[], took: string): string {
  const gateway = services.find(({ name }) => name === 'gateway');
  const addresses = settings.subgraphs
    .filter(({ name }) => services.some((service) => service.name === name))
    .map(({ name, title, port }): [string, string] => [title, `http://localhost:${String(port)}${mainEndpoint(name)}`]);
  const portal = services.find(({ name }) => name === 'portal');
  if (gateway)
    addresses.unshift(['The graph', `http://localhost:${String(gateway.port)}/  (playground, for developers)`]);
  if (portal) addresses.unshift(['Web pages', `http://localhost:${String(portal.port)}/  (other formats at /formats)`]);
  const parts = [
    `Ready after ${took}.`,
    table(addresses),
    gateway && `A first query:\n\n  ${firstQuery(gateway.port)}`,
    'Ctrl-C stops everything.',
  ];
  return `\n${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Europe has no public endpoint: its index is queried through the gateway. */
const mainEndpoint = (name: string): string =>
  name === europe.folder ? '/subgraph  (for the gateway only)' : '/graphql  (endpoint without a page)';

const firstQuery = (port: number): string =>
  `curl http://localhost:${String(port)}/graphql -H 'content-type: application/json' \\\n` +
  `    -d '{"query":"{ solutions(search: \\"meeting management\\") { nodes { name maintainers { name country } } } }"}'`;

/** Two columns, indented. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
