import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type Source,
  type ValidationContext,
  valueFromASTUntyped,
} from 'graphql';

import { HttpError } from '../http-error.js';
import type { CostAccount } from '../limits/cost-budget.js';
import { countMarks } from './json-size.js';
import { measureOperation, measureVariables, type SizeMetric, type VariablesMetric } from './operation-size.js';
import { estimateWithVariables } from './query-cost.js';
import { findConflict, mergeRepeatedFields } from './repeated-fields.js';

/**
 * The limits of one operation at a public endpoint. Sensible operations need a tenth of them; without limits, a few hundred bytes
 * can request a whole country many times over.
 */
export const limits = {
  /** Of the text: names, numbers, brackets. */
  tokens: 4_000,
  /** Of the text with its spaces and comments. */
  characters: 100_000,
  aliases: 60,
  rootFields: 30,
  fragments: 60,
  directives: 60,
  fields: 1_000,
  /** Of variables, those in lists and objects counted each: so few that no recursive function overflows its stack. */
  values: 2_000,
  /** Of the texts in variables: errors repeat the value that they reject. */
  variableCharacters: 100_000,
  /** As `estimateCost` estimates it. */
  cost: 500_000,
} as const;
type Limit = keyof typeof limits;

/** How many mistakes in an operation or in its variables are reported: each error may repeat the value that it rejects. */
export const maxReportedErrors = 10;

const units: Readonly<Record<Limit, string>> = {
  tokens: 'tokens',
  characters: 'characters',
  aliases: 'aliases',
  rootFields: 'root fields',
  fragments: 'fragments',
  directives: 'directives',
  fields: 'fields',
  values: 'values in its variables',
  variableCharacters: 'characters in its variables',
  cost: 'points of cost, if every list has its maximum length',
};

/** Counting stops at these limits, because it would cost more than what the limit protects. */
const stopsAt: ReadonlySet<Limit> = new Set(['tokens', 'values', 'variableCharacters']);

/** A limit, and how an operation exceeds it. */
export interface ExceededLimit {
  readonly limit: Limit;
  /** As far as it was counted. */
  readonly found: number;
  readonly allowed: number;
}

const exceed = (limit: Limit, found: number): ExceededLimit => ({ limit, found, allowed: limits[limit] });

/** What a client reads that exceeds a limit. */
export const describeExceeded = ({ limit, found, allowed }: ExceededLimit): string =>
  `The operation has ${stopsAt.has(limit) ? 'at least ' : ''}${found} ${units[limit]}; at most ${allowed} are allowed. Split it into several operations, or request fewer rows.`;

const limitExceeded = (exceeded: ExceededLimit): GraphQLError =>
  new GraphQLError(describeExceeded(exceeded), {
    extensions: { code: 'QUERY_TOO_LARGE', inputCode: 'QUERY_TOO_LARGE', ...exceeded, http: { status: 400 } },
  });

/** Whether the text of an operation or its variables exceed a limit, before anything is computed from them; otherwise null. */
export function findExceededLimit(query: unknown, variables: unknown): ExceededLimit | null {
  if (typeof query === 'string' && query.length > limits.characters) return exceed('characters', query.length);
  if (variables === undefined || variables === null) return null;
  for (const [metric, found] of Object.entries(measureVariables(variables, limits)) as [VariablesMetric, number][])
    if (found > limits[metric]) return exceed(metric, found);
  return null;
}

/** A smaller body has too few values to matter. */
const unmeasuredBytes = 16 * 1024;
/** Every value of the variables may be an empty list or object; the rest is for the other parts of a request. */
const maxMarks = 2 * limits.values + 1_000;

/** Whether the body of a request certainly has too many values, before it is parsed; otherwise null. */
export const findExceededJson = (body: Uint8Array): ExceededLimit | null =>
  body.length > unmeasuredBytes && countMarks(body, maxMarks) > maxMarks ? exceed('values', limits.values + 1) : null;

const findExceededSizes = (document: DocumentNode): ExceededLimit[] =>
  (Object.entries(measureOperation(document)) as [SizeMetric, number][])
    .filter(([metric, found]) => found > limits[metric])
    .map(([metric, found]) => exceed(metric, found));

/**
 * Validation rule: rejects an operation that exceeds a limit which does not depend on the values of variables, or that would take
 * long to validate.
 */
export function sizeLimitRule(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const errors: (GraphQLError | null)[] = findExceededSizes(document).map(limitExceeded);
      if (errors.length === 0) errors.push(findConflict(document));
      const found = errors.filter((error) => error !== null);
      for (const error of found) context.reportError(error);
      // An empty document for the other rules: they would only take time, and reject each part by itself.
      return found.length > 0 ? { ...document, definitions: [] } : undefined;
    },
  };
}

/** Merges repeated fields of an operation within the limits before it is validated, for all that comes after it. */
export const mergeFieldsPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      validationDidStart: (request) => {
        const { document } = request;
        if (findExceededSizes(document).length === 0)
          Object.assign(request, { document: mergeRepeatedFields(document) });
        return Promise.resolve();
      },
    }),
};

/** A valid operation, and the values of its variables as the client sent them. */
interface OperationToCheck {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Returns the cost of an operation; or the error QUERY_TOO_LARGE if it has too many values, or its response could become too large. */
export function checkCost({ schema, document, operation, variables }: OperationToCheck): GraphQLError | number {
  const exceeded = findExceededLimit(undefined, variables);
  if (exceeded) return limitExceeded(exceeded);
  const cost = estimateKnownCost({ schema, document, operation, variables });
  return cost > limits.cost ? limitExceeded(exceed('cost', cost)) : cost;
}

/** The costs of an operation that was checked before. */
interface CostCache {
  /** The variables on which the cost depends. */
  readonly names: ReadonlySet<string>;
  /** By what counts of their values. */
  readonly costs: Map<string, number>;
}

const caches = new WeakMap<OperationDefinitionNode, CostCache>();
const maxCostsPerOperation = 20;
/** A longer key, of an operation with many variables, is not worth its memory. */
const maxKeyLength = 100;

/** The cost of an operation whose variables are within the limits. */
export function estimateKnownCost({ schema, document, operation, variables = {} }: OperationToCheck): number {
  const cache = caches.get(operation);
  const known = cache?.costs.get(toKey(cache.names, variables));
  if (known !== undefined) return known;
  const { cost, variables: names } = estimateWithVariables({
    schema,
    operation,
    fragments: getFragments(document),
    variables: { ...getDefaults(operation), ...variables },
  });
  const costs = cache?.costs ?? new Map<string, number>();
  if (!cache) caches.set(operation, { names, costs });
  const key = toKey(names, variables);
  if (key.length <= maxKeyLength) {
    if (costs.size >= maxCostsPerOperation) costs.clear();
    costs.set(key, cost);
  }
  return cost;
}

function toKey(names: ReadonlySet<string>, variables: Readonly<Record<string, unknown>>): string {
  let key = '';
  for (const name of names) key += `${toKeyPart(variables[name])},`;
  return key;
}

/** Of a list, its length; of a text, what a date has. A variable that is null has no default value. */
function toKeyPart(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 11));
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'number' || value === null ? String(value) : '';
}

/** Rejects every operation that `checkCost` rejects, and charges all others to their client's account. */
export const costLimitPlugin = <Context extends BaseContext>(
  accountOf: (context: Context) => CostAccount | undefined,
): ApolloServerPlugin<Context> => ({
  requestDidStart: ({ contextValue }) => {
    const account = accountOf(contextValue);
    let textCost = 0;
    return Promise.resolve({
      // Not for a text that was parsed and validated before. For others that takes a while, whether or not they are valid.
      parsingDidStart: ({ source }) => {
        textCost = source.length;
        return Promise.resolve();
      },
      didResolveOperation: async ({ schema, document, operation, request: { variables } }) => {
        if (!operation) return;
        const cost = checkCost({ schema, document, operation, variables });
        if (typeof cost !== 'number') throw cost;
        await account?.chargeOperation(cost).catch(rejectOperation);
      },
      willSendResponse: async () => {
        if (textCost > 0) await account?.chargeAfterwards(textCost);
      },
    });
  },
});

/** Apollo Server formats GraphQL errors only. */
function rejectOperation(error: unknown): never {
  if (!(error instanceof HttpError)) throw error;
  const { message, status, code, exceeded } = error;
  throw new GraphQLError(message, { extensions: { code, ...exceeded, http: { status } } });
}

const getFragments = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

const getDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/** The parser of graphql-js reports a text that is too long, or deeper than its stack, as a syntax error. */
export function translateParserErrors(formatted: GraphQLFormattedError, error?: unknown): GraphQLFormattedError {
  if (/Maximum call stack/.test(formatted.message)) {
    const message =
      'The operation is nested too deeply to be parsed. Query deeper objects by their id, in a second operation.';
    return { message, extensions: { code: 'QUERY_TOO_DEEP' } };
  }
  if (!/^Syntax Error: Document contains more th?a[nt] \d+ tokens/.test(formatted.message)) return formatted;
  const { message, extensions } = tooLongToParse(error instanceof GraphQLError ? error.source : undefined);
  const { code, limit, found, allowed } = extensions;
  return { message, extensions: { code, limit, found, allowed } };
}

/** A text that has too many characters as well is rejected for these: they were counted. */
function tooLongToParse(source: Source | undefined): GraphQLError {
  const characters = source?.body.length ?? 0;
  return limitExceeded(
    characters > limits.characters ? exceed('characters', characters) : exceed('tokens', limits.tokens + 1),
  );
}
