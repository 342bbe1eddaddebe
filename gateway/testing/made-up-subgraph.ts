import {
  buildSchema,
  execute,
  getNullableType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';

import type { Subgraph } from '../subgraphs/subgraph.js';

type Data = Record<string, unknown>;

/** Creates a subgraph that returns a made-up value for every field; a list has an object of each possible type. */
export function createMadeUpSubgraph(name: string, sdl: string): Subgraph {
  const schema = buildSchema(sdl, { assumeValidSDL: true });
  const fieldResolver: GraphQLFieldResolver<unknown, unknown, Data> = (
    source,
    args,
    _context,
    { fieldName, returnType },
  ) => {
    if (fieldName === '_entities') return args['representations'];
    const own = (source as Data | undefined)?.[fieldName];
    return own === undefined ? makeUp(schema, returnType) : own;
  };
  return {
    name,
    execute: async (body: string) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Data };
      const { data } = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        fieldResolver,
        typeResolver: (value) => String((value as Data)['__typename']),
      });
      return { data: JSON.parse(JSON.stringify(data)) as Data, errors: [] };
    },
    close: () => Promise.resolve(),
  };
}

function makeUp(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = getNullableType(nullable.ofType);
    return isAbstractType(item)
      ? schema.getPossibleTypes(item).map((possible) => ({ __typename: possible.name }))
      : [makeUp(schema, item)];
  }
  if (isAbstractType(nullable)) return { __typename: schema.getPossibleTypes(nullable)[0]?.name };
  if (isObjectType(nullable)) return {};
  if (isEnumType(nullable)) return nullable.getValues()[0]?.value as unknown;
  return isLeafType(nullable) ? ({ Int: 1, Float: 1, Boolean: true }[nullable.name] ?? 'x') : null;
}
