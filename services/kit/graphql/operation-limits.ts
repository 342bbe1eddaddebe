import type { ApolloServerPlugin } from '@apollo/server';
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
import { LRUCache } from 'lru-cache';

import { estimateCost } from './query-cost.js';
import { measureOperation, countValues, type SizeMetric } from './operation-size.js';
import { countTokens } from './count-tokens.js';

/**
 * What one operation of a stranger may hold. Sensible ones hold a tenth of it; without limits a few hundred bytes ask for a
 * whole country, many times over.
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
  /** Of variables, those in lists and objects counted each: so few that nobody's stack ends who walks through them. */
  values: 2_000,
  /** Fields of the answer, as far as can be told beforehand: see `costOf`. */
  cost: 500_000,
} as const;
type Limit = keyof typeof limits;

const words: Readonly<Record<Limit, string>> = {
  tokens: 'words and signs',
  characters: 'characters',
  aliases: 'aliases',
  rootFields: 'fields at its root',
  fragments: 'fragments',
  directives: 'directives',
  fields: 'fields',
  values: 'values in its variables',
  cost: 'fields to answer, lists taken as long as they can be',
};

/** One clear refusal for whatever limit an operation passes: which one, and by how much. */
export const limitExceeded = (limit: Limit, found: number): GraphQLError =>
  new GraphQLError(
    `The operation has ${found} ${words[limit]}; it can have ${limits[limit]}. Ask in several operations, or for fewer rows.`,
    {
      extensions: {
        code: 'QUERY_TOO_LARGE',
        inputCode: 'QUERY_TOO_LARGE',
        limit,
        found,
        allowed: limits[limit],
        http: { status: 400 },
      },
    },
  );

/** Refuses what can be counted without the values of variables. */
export function sizeLimitRule(context: ValidationContext): ASTVisitor {
  return {
    Document: (document) => {
      const passed = Object.entries(measureOperation(document)).filter(
        ([limit, found]) => found > limits[limit as SizeMetric],
      );
      for (const [limit, found] of passed) context.reportError(limitExceeded(limit as SizeMetric, found));
      // No other rule looks any further: it would only take time, and refuse each of the parts for itself.
      return passed.length > 0 ? { ...document, definitions: [] } : undefined;
    },
  };
}

/** A valid operation, and the values of its variables as the client gave them. */
export interface OperationToCheck {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Refuses an operation with too many values, or whose answer could become too large: QUERY_TOO_LARGE. Null: it may be answered. */
export function checkCost({ schema, document, operation, variables }: OperationToCheck): GraphQLError | null {
  const values = countValues(variables);
  if (values > limits.values) return limitExceeded('values', values);
  const cost = cachedCost({ schema, document, operation, variables });
  return cost > limits.cost ? limitExceeded('cost', cost) : null;
}

/** What an operation costs that comes again. */
interface KnownCosts {
  /** The variables that it declares: only these count, whatever else a client sends. */
  readonly names: readonly string[];
  /** By the lengths that its variables ask for: nothing else of these counts. */
  readonly costs: LRUCache<string, number>;
}

const known = new WeakMap<OperationDefinitionNode, KnownCosts>();
const mostLengths = 20;

function costsOf(operation: OperationDefinitionNode): KnownCosts {
  let found = known.get(operation);
  if (!found) {
    const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    found = { names, costs: new LRUCache<string, number>({ max: mostLengths }) };
    known.set(operation, found);
  }
  return found;
}

function cachedCost({ schema, document, operation, variables = {} }: OperationToCheck): number {
  const { names, costs } = costsOf(operation);
  let key = '';
  for (const name of names) key += `${lengthIn(variables[name])},`;
  const before = costs.get(key);
  if (before !== undefined) return before;
  const asked = { schema, operation, fragments: fragmentsOf(document) };
  const cost = estimateCost({ ...asked, variables: { ...defaultsOf(operation), ...variables } });
  costs.set(key, cost);
  return cost;
}

const lengthIn = (value: unknown): number | string => {
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? `[${value.length}]` : '';
};

/** Refuses what every operation is refused for by `refuseCost`. */
export const costLimitPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request: { variables } }) => {
        const refusal = operation && checkCost({ schema, document, operation, variables });
        return refusal ? Promise.reject(refusal) : Promise.resolve();
      },
    }),
};

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/** graphql-js stops reading a text that is too long, or deeper than its stack, and calls that an error of syntax. */
export function translateParserErrors(formatted: GraphQLFormattedError, error?: unknown): GraphQLFormattedError {
  if (/Maximum call stack/.test(formatted.message)) {
    const message = 'The operation is too deep to be read. Ask for what is deeper by its id, in a second operation.';
    return { message, extensions: { code: 'QUERY_TOO_DEEP' } };
  }
  if (!/^Syntax Error: Document contains more th?a[nt] \d+ tokens/.test(formatted.message)) return formatted;
  const { message, extensions } = beyondReading(error instanceof GraphQLError ? error.source : undefined);
  const { code, limit, found, allowed } = extensions;
  return { message, extensions: { code, limit, found, allowed } };
}

/** To count the words of a text takes time: of one that has too many characters as well, these are named. */
function beyondReading(source: Source | undefined): GraphQLError {
  const characters = source?.body.length ?? 0;
  if (characters > limits.characters) return limitExceeded('characters', characters);
  return limitExceeded('tokens', source ? countTokens(source) : limits.tokens + 1);
}
