import { type GraphQLSchema, printSchema } from 'graphql';

/**
 * Prints the latest schema. Each is printed once: printing takes as long as many requests, and any client may request it.
 */
export function createSchemaPrinter(latest: () => GraphQLSchema): () => Buffer {
  let printed: { readonly schema: GraphQLSchema; readonly text: Buffer } | undefined;
  return () => {
    const schema = latest();
    if (printed?.schema !== schema) printed = { schema, text: Buffer.from(printSchema(schema)) };
    return printed.text;
  };
}
