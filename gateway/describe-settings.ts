import { gatewayVariables } from './settings.js';

/** A variable of the environment, in words. */
export interface DescribedVariable {
  readonly name: string;
  readonly standard: string;
  readonly meaning: string;
}

/** What an operator can say to the gateway, in the order of `gatewayVariables`. */
export const describedVariables: readonly DescribedVariable[] = Object.entries(gatewayVariables).map(
  ([name, schema]) => ({ name, standard: standardOf(name), meaning: schema.description ?? '' }),
);

/** What holds when nothing is said, as a reader of the README understands it: a path of this machine says nothing. */
function standardOf(name: string): string {
  if (name === 'SUPERGRAPH') return 'schema/supergraph.graphql';
  const value: unknown = gatewayVariables[name as keyof typeof gatewayVariables].parse(undefined);
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

/** The same as a table in Markdown. */
export const variablesTable = (): string =>
  [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...describedVariables.map(({ name, standard, meaning }) => `| \`${name}\` | ${standard} | ${meaning} |`),
  ].join('\n');

/** The same for a terminal. */
export const variablesHelp = (): string => {
  const width = Math.max(...describedVariables.map(({ name }) => name.length));
  return [
    'Usage: node dist/gateway/main.js        (all it needs comes from the environment)',
    'Example: PORT=8080 RATE_LIMIT=600 DENMARK_URL=http://denmark:4001/subgraph DENMARK_SECRETS_FILE=/run/secrets/denmark … node dist/gateway/main.js',
    '',
    ...describedVariables.map(
      ({ name, standard, meaning }) =>
        `  ${name.padEnd(width)}  ${meaning}${standard === '' ? '' : ` Default: ${standard}.`}`,
    ),
    '',
    'Of each subgraph: <NAME>_URL, and <NAME>_SECRETS or <NAME>_SECRETS_FILE. For watching: METRICS_PORT, OTEL_EXPORTER_OTLP_ENDPOINT.',
  ].join('\n');
};
