import {
  getVariableValues,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

import { maxReportedErrors } from '../graphql/operation-limits.js';
import { setField } from './set-field.js';

type Values = Readonly<Record<string, unknown>>;

const options = { maxErrors: maxReportedErrors };

/** Coerces the values of an operation's variables, with the results of graphql-js. */
export type CoerceVariables = (values: Values) => ReturnType<typeof getVariableValues>;

/** Whether a value is valid for a type. */
type IsValid = (value: unknown) => boolean;

/** All operations of a schema share the checks of its types. */
const checks = {
  passed: new WeakMap<GraphQLSchema, (type: GraphQLInputType) => IsValid>(),
  final: new WeakMap<GraphQLSchema, (type: GraphQLInputType) => IsValid>(),
};

export interface CoercionOptions {
  /** The variables in `@skip` and `@include`, of which none may be null. Default: that is not checked. */
  readonly conditions?: readonly string[];
  /** Whether the values are what resolvers get, and not passed on to a service that coerces them again. */
  readonly isFinal?: boolean;
}

/**
 * Creates the coercion of an operation's variables. graphql-js would resolve their types for each request, which took a
 * fifteenth of the time of a small one. It is called only to fill in defaults and to report errors.
 */
export function createVariableCoercer(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[] = [],
  { conditions = [], isFinal = false }: CoercionOptions = {},
): CoerceVariables {
  const known = isFinal ? checks.final : checks.passed;
  const getCheck = known.get(schema) ?? createTypeChecks(isFinal);
  known.set(schema, getCheck);
  const coerceAll: CoerceVariables = (values) => {
    const result = getVariableValues(schema, definitions, values, options);
    const errors = result.coerced ? findNullConditions(definitions, conditions, result.coerced) : [];
    return errors.length > 0 ? { errors } : result;
  };
  const declared = definitions.map(({ variable, type }) => {
    const inputType = typeFromAST(schema, type);
    const isValid: IsValid = isInputType(inputType) ? getCheck(inputType) : () => false;
    const name = variable.name.value;
    return { name, isValid: conditions.includes(name) ? isBoolean : isValid };
  });
  return (values) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isValid } of declared) {
      // A variable may be called `constructor`, which every object inherits.
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined || !isValid(value)) return coerceAll(values);
      setField(coerced, name, value);
    }
    return { coerced };
  };
}

const isBoolean: IsValid = (value) => typeof value === 'boolean';

/**
 * The errors of conditions that are null, as of graphql-js. A variable with a default may be used as a non-null argument, although
 * a client may set it to null.
 */
const findNullConditions = (
  definitions: readonly VariableDefinitionNode[],
  conditions: readonly string[],
  coerced: Values,
): GraphQLError[] =>
  definitions
    .filter(({ variable: { name } }) => conditions.includes(name.value) && coerced[name.value] === null)
    .map(
      ({ variable }) =>
        new GraphQLError(
          `Argument "if" of non-null type "Boolean!" must not be null, as the variable "$${variable.name.value}" is.`,
          { nodes: variable },
        ),
    );

/**
 * An input type may contain itself, so the check of each type is created once, and those of its fields at the first value.
 */
function createTypeChecks(isFinal: boolean): (type: GraphQLInputType) => IsValid {
  // Weak, because each operation has type objects of its own for its lists and non-null types.
  const checks = new WeakMap<GraphQLInputType, IsValid>();
  const getCheck = (type: GraphQLInputType): IsValid => {
    const isValid = checks.get(type) ?? prepare(type);
    checks.set(type, isValid);
    return isValid;
  };
  const prepare = (type: GraphQLInputType): IsValid => {
    if (isNonNullType(type)) {
      const isValid = getCheck(type.ofType);
      return (value) => value !== null && isValid(value);
    }
    if (isListType(type)) {
      const isValid = getCheck(type.ofType);
      return (value) => value === null || (Array.isArray(value) && value.every(isValid));
    }
    if (!isInputObjectType(type)) return isFinal ? createFinalLeafCheck(type) : createLeafCheck(type);
    return type.isOneOf ? isNull : createObjectCheck(type, getCheck, isFinal);
  };
  return getCheck;
}

/** Any other value of a type is left to graphql-js. */
const isNull: IsValid = (value) => value === null;

function createObjectCheck(
  type: GraphQLInputObjectType,
  getCheck: (type: GraphQLInputType) => IsValid,
  isFinal: boolean,
): IsValid {
  const fields = new Map(
    Object.values(type.getFields()).map((field) => [
      field.name,
      { isRequired: isRequiredInputField(field) || (isFinal && field.defaultValue !== undefined), type: field.type },
    ]),
  );
  const required = [...fields].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  const isValidField = ([name, value]: [string, unknown]): boolean => {
    const field = fields.get(name);
    return field !== undefined && getCheck(field.type)(value);
  };
  return (value) => {
    if (value === null) return true;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    return required.every((name) => Object.hasOwn(value, name)) && Object.entries(value).every(isValidField);
  };
}

const createLeafCheck =
  (type: GraphQLLeafType): IsValid =>
  (value) => {
    if (value === null) return true;
    try {
      return type.parseValue(value) !== undefined;
    } catch {
      return false;
    }
  };

/** Whether a value is what resolvers get for it. */
const createFinalLeafCheck =
  (type: GraphQLLeafType): IsValid =>
  (value) => {
    if (value === null) return true;
    try {
      return type.parseValue(value) === value;
    } catch {
      return false;
    }
  };
