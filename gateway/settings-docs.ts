import type { z } from 'zod';

import { tracingSettings } from '../services/kit/observability/opentelemetry.js';
import { metricsSettings } from '../services/kit/observability/prometheus.js';
import { gatewayVariables, subgraphNames } from './settings.js';

/** A variable of the environment, in words. */
export interface DescribedVariable {
  readonly name: string;
  readonly standard: string;
  readonly meaning: string;
}

const described = (variables: Readonly<Record<string, z.ZodType>>): DescribedVariable[] =>
  Object.entries(variables).map(([name, schema]) => ({
    name,
    standard: standardOf(name, schema),
    meaning: schema.description ?? '',
  }));

/** What an operator can say to the gateway; `<NAME>` stands for that of each subgraph. */
export const describedVariables: readonly DescribedVariable[] = [
  ...described(gatewayVariables),
  { name: '<NAME>_URL', standard: '', meaning: 'Where a subgraph’s `/subgraph` is. Default: as the supergraph says.' },
  { name: '<NAME>_SECRETS', standard: '', meaning: 'What is shown to it: of several, between commas, the first.' },
  { name: '<NAME>_SECRETS_FILE', standard: '', meaning: 'A file with them, one a line, instead.' },
  ...described({ ...metricsSettings, ...tracingSettings }),
];

/** What holds when nothing is said, as a reader of the README understands it: a path of this machine says nothing. */
function standardOf(name: string, schema: z.ZodType): string {
  if (name === 'SUPERGRAPH') return 'schema/supergraph.graphql';
  const { data } = schema.safeParse(undefined);
  if (typeof data === 'string') return data;
  return data === undefined ? '' : JSON.stringify(data);
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
    `<NAME> is that of a subgraph: ${subgraphNames.map((name) => name.toUpperCase()).join(', ')}.`,
  ].join('\n');
};
