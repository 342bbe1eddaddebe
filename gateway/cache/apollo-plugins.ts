import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import { getMaxAge } from '../../schema/sdl/cache-hints.js';
import { europe } from '../../schema/values/countries.js';
import { readsIndex } from '../../schema/sdl/index-fields.js';
import type { GatewayContext, Outcome } from '../request/request-context.js';
import { type CatalogueEntry, listCatalogueStates } from './catalogue-states.js';
import type { VersionPoller } from './subgraph-versions.js';

/** A valid operation. */
interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/**
 * How each catalogue did in the answer to an operation. Undefined: none was asked.
 *
 * @param behind of which countries Europe's index may not have the latest.
 */
export function getCatalogueStates(
  { schema, document, operationName }: OperationContext,
  { services }: Outcome,
  { outdatedCountries: behind }: Pick<VersionPoller, 'outdatedCountries'>,
): CatalogueEntry[] | undefined {
  if (services.size === 0) return undefined;
  const isIndexed = services.has(europe.folder) && readsIndex(schema, document, operationName ?? null);
  return listCatalogueStates(services, isIndexed ? behind() : new Map());
}

/** For how many seconds a whole answer may be given again. Undefined: a service did not answer, so that it is not whole. */
export const maxAgeFor = (
  { schema, document, operationName }: OperationContext,
  { services }: Outcome,
): number | undefined =>
  [...services.values()].every((state) => state === 'OK')
    ? getMaxAge(schema, document, operationName ?? null)
    : undefined;

/** Says in `extensions.catalogues` of an answer how each country did that was asked. Stands after what drops extensions. */
export const addCatalogueStates = (
  versions: Pick<VersionPoller, 'outdatedCountries'>,
): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue, schema, document, operationName, response: { body } }) => {
        if (body.kind !== 'single' || !document) return Promise.resolve();
        const catalogues = getCatalogueStates({ schema, document, operationName }, contextValue.outcome, versions);
        if (catalogues) body.singleResult.extensions = { ...body.singleResult.extensions, catalogues };
        return Promise.resolve();
      },
    }),
});

/** Writes down for how long an answer may be given again, when it is whole. Stands after what changes errors. */
export const recordCacheability: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue: { outcome }, schema, document, operationName, response: { body, http } }) => {
        if (body.kind !== 'single' || !document || (http.status ?? 200) !== 200) return Promise.resolve();
        const { data, errors } = body.singleResult;
        if (data === undefined || data === null || errors) return Promise.resolve();
        const keepFor = maxAgeFor({ schema, document, operationName }, outcome);
        if (keepFor !== undefined) outcome.maxAgeSeconds = keepFor;
        return Promise.resolve();
      },
    }),
};
