import {
  getVariableValues,
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

type Values = Readonly<Record<string, unknown>>;

/** Reads the values of an operation's variables as a client gave them, as graphql-js does. */
export type CoerceVariables = (given: Values) => ReturnType<typeof getVariableValues>;

/** Whether a value can be given where a type is asked for. */
type IsValid = (value: unknown) => boolean;

/**
 * Prepares for the values of an operation's variables. graphql-js would find out anew for each request what their types are,
 * which was a fifteenth of the time of a small one. It is asked where a default is to be filled in, and what is wrong.
 */
export function createVariableCoercer(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[] = [],
): CoerceVariables {
  const isSoundOf = createTypeChecks();
  const declared = definitions.map(({ variable, type }) => {
    const known = typeFromAST(schema, type);
    const isSound: IsValid = isInputType(known) ? isSoundOf(known) : () => false;
    return { name: variable.name.value, isSound };
  });
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, isSound } of declared) {
      const value = given[name];
      if (value === undefined || !isSound(value)) return getVariableValues(schema, definitions, given);
      coerced[name] = value;
    }
    return { coerced };
  };
}

/** An input type may hold itself, so each is prepared once, and its fields when the first value comes. */
function createTypeChecks(): (type: GraphQLInputType) => IsValid {
  const known = new Map<GraphQLInputType, IsValid>();
  const isSoundOf = (type: GraphQLInputType): IsValid => {
    const isSound = known.get(type) ?? prepare(type);
    known.set(type, isSound);
    return isSound;
  };
  const prepare = (type: GraphQLInputType): IsValid => {
    if (isNonNullType(type)) {
      const isSound = isSoundOf(type.ofType);
      return (value) => value !== null && isSound(value);
    }
    if (isListType(type)) {
      const isSound = isSoundOf(type.ofType);
      return (value) => value === null || (Array.isArray(value) && value.every(isSound));
    }
    return isInputObjectType(type) ? createObjectCheck(type, isSoundOf) : createLeafCheck(type);
  };
  return isSoundOf;
}

function createObjectCheck(type: GraphQLInputObjectType, isSoundOf: (type: GraphQLInputType) => IsValid): IsValid {
  const fields = new Map(
    Object.values(type.getFields()).map((field) => [
      field.name,
      { isRequired: isRequiredInputField(field), type: field.type },
    ]),
  );
  const required = [...fields].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  const isSoundField = ([name, value]: [string, unknown]): boolean => {
    const field = fields.get(name);
    return field !== undefined && isSoundOf(field.type)(value);
  };
  return (value) => {
    if (value === null) return true;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    return required.every((name) => Object.hasOwn(value, name)) && Object.entries(value).every(isSoundField);
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
