import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { GraphQLFormattedError } from 'graphql';

import { startGateway } from '../../gateway/gateway.js';
import { testGatewaySettings } from '../../gateway/testing/gateway-settings.js';
import { unknownVersions } from '../../gateway/testing/unknown-versions.js';
import type { RunningService } from '../../services/kit/http/service.js';
import { silentLogger } from '../../services/kit/testing/silent-logger.js';
import { type MadeUpGraph, startMadeUpGraph } from './made-up-graph.js';
import { type RandomOperation, randomOperations } from './random-operations.js';

// The gateway's responses must be those of graphql-js, which executes the same resolvers in one process.

const count = Number(process.env['RANDOM_OPERATIONS'] ?? 100);
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_129);

/** Names that the gateway, a plan or JavaScript use themselves. */
const aliases = [
  ...['__typename', '__schema', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'proto__'],
  ...['id', 'ref', 'weight', 'price', 'label', 'representations', '_entities', '_0_id', '_1_', 'existence_'],
  ...['id_alias', 'ref_alias', '__typename_alias', 'id__alias_0', 'name__alias_0', 'data', 'errors', 'a'],
];

let graph: MadeUpGraph;
let gateway: RunningService;
let folder: string;
beforeAll(async () => {
  graph = await startMadeUpGraph();
  folder = await mkdtemp(join(tmpdir(), 'specification-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, graph.supergraphSdl);
  gateway = await startGateway(testGatewaySettings(graph.urls, { supergraphPath }), {
    logger: silentLogger,
    versions: unknownVersions,
  });
});
afterAll(async () => {
  await gateway.stop();
  await graph.stop();
  await rm(folder, { recursive: true });
});

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

async function query(operation: RandomOperation): Promise<Result> {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  });
  const { data, errors } = (await response.json()) as Result;
  return { ...(data !== undefined && { data }), ...(errors && { errors }) };
}

const codeOf = ({ errors }: Result): unknown => errors?.[0]?.extensions?.['code'];

/** Why a result is not that of graphql-js. Null: it is. */
function findDifference({ variables }: RandomOperation, ours: Result, theirs: Result): string | null {
  // Of a condition that is null, the gateway rejects the whole operation; graphql-js fails where it comes to it, if it does.
  if (['no', 'on'].some((name) => variables[name] === null))
    return ours.data === undefined && codeOf(ours) === 'BAD_USER_INPUT'
      ? null
      : 'the condition that is null is accepted';
  const [data, expected] = [ours, theirs].map((result) => JSON.stringify(result.data));
  if (data !== expected) return `data ${data ?? 'undefined'} instead of ${expected ?? 'undefined'}`;
  const [found, wanted] = [ours, theirs].map(({ errors = [] }) => errors.map(({ path = [] }) => path));
  const isExplained = (path: Path, by: readonly Path[] = []): boolean =>
    by.some((other) => path.every((step, index) => index >= other.length || other[index] === step));
  // An error that removes all data ends the execution of other fields; how far these have come is up to the server.
  if (ours.data === null && found?.some((path) => isExplained(path, wanted))) return null;
  // What is below a null that has an error may have more, depending on what is executed first.
  const unexplained =
    found?.find((path) => !isExplained(path, wanted)) ?? wanted?.find((path) => !isExplained(path, found));
  return unexplained ? `the error at ${JSON.stringify(unexplained)}` : null;
}

type Path = readonly (string | number)[];

it(
  `the responses to ${count} random operations are those of graphql-js`,
  async () => {
    const differences: string[] = [];
    const seen = { withData: 0, withErrors: 0, tooLarge: 0 };
    const operations = randomOperations(graph.schema, seed, { aliases, hasArguments: true });
    for (let number = 0; number < count && differences.length < 5; number += 1) {
      const operation = operations.next().value;
      const ours = await query(operation);
      if (codeOf(ours) === 'QUERY_TOO_LARGE') {
        seen.tooLarge += 1;
        continue;
      }
      const theirs = JSON.parse(JSON.stringify(await graph.execute(operation.query, operation.variables))) as Result;
      if (theirs.data) seen.withData += 1;
      if (theirs.errors) seen.withErrors += 1;
      // The gateway executes a known operation in another way.
      const again = number % 3 === 0 ? await query(operation) : ours;
      const difference =
        findDifference(operation, ours, theirs) ??
        (JSON.stringify(again) === JSON.stringify(ours)
          ? null
          : `another response to the second request: ${JSON.stringify(again)}`);
      if (difference !== null)
        differences.push(
          `${difference}\nOperation ${number}: ${operation.query}\nVariables: ${JSON.stringify(operation.variables)}\nOurs: ${JSON.stringify(ours)}\nTheirs: ${JSON.stringify(theirs)}`,
        );
    }
    expect(differences.join('\n\n')).toBe('');
    expect(seen.withData).toBeGreaterThan(0.7 * count);
    expect(seen.withErrors).toBeGreaterThan(0.1 * count);
    expect(seen.tooLarge).toBeLessThan(0.05 * count);
  },
  60_000 + count * 200,
);
