import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema } from 'graphql';

import { parseSdl } from './parse-sdl.js';

/**
 * What clients see of a supergraph: without the composer's directives and everything `@inaccessible`. A schema that is
 * already free of them stays as it is.
 *
 * @param source what a message calls it.
 * @throws CompositionError if it is not valid SDL, Error if it is not a valid schema.
 */
export const apiSchema = (source: string, supergraph: string): GraphQLSchema =>
  buildASTSchema(transformSupergraphToPublicSchema(parseSdl(source, supergraph)));
