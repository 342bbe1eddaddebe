import { defaultPorts, processNames, type Settings, variableOf } from './settings.js';
import { countries, europe } from '../../schema/values/countries.js';
import type { ServicePlan } from './service-plan.js';

/** The text of `--help`. */
export function usage(): string {
  return `Runs the graph on this machine: an embedded PostgreSQL, a process per country, Europe and the gateway.

  npm start                        everything
  npm run start:denmark            one process alone, here Denmark's with its database
  PORT=8080 npm start              the gateway on another port
  DENMARK_DATABASE_URL=postgres://user:password@localhost:5432/denmark npm start
                                   Denmark's catalogue in a PostgreSQL of your own

Without npm: node dist/cli/start/start.js [${processNames.join('|')}]

${table(variables())}

<NAME> is ${[...countries, europe].map(({ folder }) => folder.toUpperCase()).join(', ')}. When each has a database of its own, no embedded PostgreSQL is started.

Europe's index fills itself from the countries. To fill it anew: npm run rebuild -- --help`;
}

/** What is said once everything is ready. */
export function welcome(settings: Settings, services: readonly ServicePlan[], took: string): string {
  const gateway = services.find(({ name }) => name === 'gateway');
  const addresses = settings.subgraphs
    .filter(({ name }) => services.some((service) => service.name === name))
    .map(({ name, title, port }): [string, string] => [title, `http://localhost:${String(port)}${mainDoor(name)}`]);
  if (gateway) addresses.unshift(['The graph', `http://localhost:${String(gateway.port)}/  (playground)`]);
  const parts = [
    `Ready after ${took}.`,
    table(addresses),
    gateway && `Try it:\n\n  ${firstQuery(gateway.port)}`,
    'Ctrl-C stops everything.',
  ];
  return `\n${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Europe has nothing to say to people: what it knows is read through the gateway. */
const mainDoor = (name: string): string =>
  name === europe.folder ? '/subgraph  (for the gateway)' : '/graphql  (for programs: no page)';

const firstQuery = (port: number): string =>
  `curl http://localhost:${String(port)}/graphql -H 'content-type: application/json' \\\n` +
  `    -d '{"query":"{ solutions(search: \\"meeting management\\") { nodes { name maintainers { name country } } } }"}'`;

function variables(): [string, string][] {
  return [
    ['PORT', `the gateway's port (${String(defaultPorts.gateway)})`],
    ...[...countries, europe].map(({ folder, name, port }): [string, string] => [
      variableOf(folder, 'PORT'),
      `${name}'s port (${String(port)})`,
    ]),
    ['POSTGRES_PORT', `the embedded PostgreSQL's port, on 127.0.0.1 only (${String(defaultPorts.postgres)})`],
    ['<NAME>_DATABASE_URL', 'a PostgreSQL database of your own for this process (one in the embedded PostgreSQL)'],
    ['<NAME>_MIGRATION_URL', 'the same for the role that owns its schema; without it, see: npm run migrate -- --help'],
    ['<NAME>_URL', 'where others find its subgraph (http://127.0.0.1:<NAME>_PORT/subgraph)'],
    [
      '<NAME>_SECRETS',
      'what the gateway shows at its /subgraph: 32 characters or more (one in DATA_DIR, made at the first start)',
    ],
    ['<NAME>_SECRETS_FILE', 'a file with them, one a line'],
    ['LISTEN_ADDRESS', 'the address on which every process listens; 0.0.0.0 opens it to the network (127.0.0.1)'],
    ['SUBGRAPH_TIMEOUT_MS', 'how long the gateway waits for a subgraph, in milliseconds (10000)'],
    ['RATE_LIMIT', 'how many requests a minute the gateway takes from one client; 0 for any number (3000)'],
    ['MOST_AT_ONCE', 'how many requests may be under way at the gateway at once (500)'],
    ['PROXIES', 'how many proxies stand before the gateway, to tell clients apart behind them (0)'],
    [
      'METRICS_PORT',
      'shows Prometheus how the gateway does, and on the next ports the subgraphs: 9400, 9401, … (nobody)',
    ],
    ['METRICS_ADDRESS', 'the address on which that is shown (LISTEN_ADDRESS)'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'where an OpenTelemetry collector takes traces, by HTTP (none)'],
    ['<COUNTRY>_TABLES', 'the folder with the tables that a start imports, or none (the country’s own)'],
    ['DATA_DIR', 'where the embedded PostgreSQL keeps its files (.data in the project)'],
    ['NO_COLOR', 'anything: no colours'],
  ];
}

/** Two columns, indented. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
