import {
  execute,
  parse,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type GraphQLField,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

import { compileOperation } from '../../services/kit/execution/compile-operation.js';
import { createRandom } from '../../services/kit/testing/random.js';
import { createWholeSchema } from './made-up-graph.js';
import { type RandomOperation, randomOperations } from './random-operations.js';

// The executor's results must be those of graphql-js, which executes the same resolvers.

const count = Number(process.env['RANDOM_OPERATIONS'] ?? 150);
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_129);

const aliases = ['__typename', '__proto__', 'constructor', 'toString', 'then', 'length', 'data', 'errors', 'a'];

const schema = createWholeSchema();
delaySomeResolvers(schema);

it(`the results of ${count} random operations are those of graphql-js`, async () => {
  const operations = randomOperations(schema, seed, { aliases, hasArguments: true });
  const seen = { withData: 0, withErrors: 0 };
  const differences: string[] = [];
  for (let number = 0; number < count && differences.length < 3; number += 1) {
    const operation = operations.next().value;
    const document = parse(operation.query);
    const executeCompiled = compileOperation({ schema, document, operation: getOperationAST(document) as never });
    const ours = [
      await executeCompiled(undefined, operation.variables),
      await executeCompiled(undefined, operation.variables),
    ];
    const theirs = await execute({
      schema,
      document,
      variableValues: operation.variables,
      options: { maxCoercionErrors: 10 },
    });
    if (theirs.data) seen.withData += 1;
    if (theirs.errors) seen.withErrors += 1;
    if (ours.some((result) => !isEqual(result, theirs))) differences.push(describeDifference(operation, ours, theirs));
  }
  expect(differences.join('\n\n')).toBe('');
  expect(seen.withData).toBeGreaterThan(0.6 * count);
  expect(seen.withErrors).toBeGreaterThan(0.1 * count);
}, 60_000);

/** Whether data and errors are equal, in whatever order errors come. Below a null, what else failed before it depends on the order. */
function isEqual(ours: ExecutionResult, theirs: ExecutionResult): boolean {
  if (JSON.stringify(ours.data) !== JSON.stringify(theirs.data)) return false;
  const [found, wanted] = [groupErrors(ours), groupErrors(theirs)];
  return found.size === wanted.size && [...found].every(([at, errors]) => overlap(errors, wanted.get(at) ?? []));
}

const overlap = (some: readonly string[], others: readonly string[]): boolean =>
  some.every((error) => others.includes(error)) || others.every((error) => some.includes(error));

/** The errors by the null in the data that they explain. */
function groupErrors({ data, errors = [] }: ExecutionResult): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const error of errors) {
    let value: unknown = data;
    const at = (error.path ?? []).filter((step) => {
      if (value === null || value === undefined) return false;
      value = (value as Record<string, unknown>)[step];
      return true;
    });
    const key = JSON.stringify(at);
    groups.set(key, [...(groups.get(key) ?? []), JSON.stringify(error)]);
  }
  return groups;
}

const toText = ({ data, errors }: ExecutionResult): string => JSON.stringify({ data, errors });

const describeDifference = (
  { query, variables }: RandomOperation,
  ours: readonly ExecutionResult[],
  theirs: ExecutionResult,
) => [query, JSON.stringify(variables), ...ours.map(toText), toText(theirs)].join('\n');

/** Resolvers that return at once, a promise, or a promise that resolves later: always the same for a field. */
function delaySomeResolvers(of: GraphQLSchema): void {
  const random = createRandom(7);
  // All schemas of the process share the types of introspection.
  const types = Object.values(of.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type));
  for (const field of types.flatMap((type) => Object.values<GraphQLField<unknown, unknown>>(type.getFields()))) {
    const { resolve } = field;
    if (!resolve) continue;
    const delay = random.below(4);
    if (delay === 1) field.resolve = (...args) => Promise.resolve().then(() => resolve(...args));
    if (delay === 2) field.resolve = (...args) => new Promise(setImmediate).then(() => resolve(...args));
  }
}
