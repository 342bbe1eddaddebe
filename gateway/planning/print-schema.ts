import { type GraphQLSchema, printSchema } from 'graphql';

/**
 * Prints the latest schema. Each is printed once: printing takes as long as many requests, and any client may request it.
 */
export function createSchemaPrinter(latest: () => GraphQLSchema): () => string {
  let printed: { readonly schema: GraphQLSchema; readonly text: string } | undefined;
  return () => {
    const schema = latest();
    if (printed?.schema !== schema) printed = { schema, text: printSchema(schema) };
    return printed.text;
  };
}
