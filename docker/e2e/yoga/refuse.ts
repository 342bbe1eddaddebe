import { GraphQLError } from 'graphql';

/** One clear error for bad input, with a stable code. */
export const refuse = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

/** A text as a message quotes it: never a whole page. */
export const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));
