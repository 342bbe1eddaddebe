import { type DocumentNode, GraphQLError, parse } from 'graphql';

/** Subgraphs cannot be composed: one reason per line, with all that an author of a schema needs. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly reasons: readonly string[];
  constructor(reasons: readonly string[]) {
    super(`The subgraphs do not compose:\n${reasons.map((reason) => `- ${reason}`).join('\n')}`);
    this.reasons = reasons;
  }
}

/**
 * Reads SDL.
 *
 * @param source what a message calls it: a subgraph or a file.
 * @throws CompositionError with the source and the line, when it is not SDL.
 */
export function parseSdl(source: string, sdl: string): DocumentNode {
  try {
    return parse(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new CompositionError([`[${source}] ${error.message} (line ${error.locations?.[0]?.line ?? '?'})`]);
  }
}
