import { type GraphQLSchema, printSchema } from 'graphql';

/** Writes down the schema that is served just now, each once: it takes as long as many requests, and anybody may ask for it. */
export function createSchemaPrinter(latest: () => GraphQLSchema): () => string {
  let printed: { readonly schema: GraphQLSchema; readonly text: string } | undefined;
  return () => {
    const schema = latest();
    if (printed?.schema !== schema) printed = { schema, text: printSchema(schema) };
    return printed.text;
  };
}
