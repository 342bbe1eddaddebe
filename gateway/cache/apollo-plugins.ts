import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import { getMaxAge } from '../../schema/sdl/cache-hints.js';
import { europe } from '../../schema/values/countries.js';
import { readsIndex } from '../../schema/sdl/index-fields.js';
import type { GatewayContext, Outcome } from '../request/request-context.js';
import { type CatalogueEntry, listCatalogueStates } from './catalogue-states.js';
import type { VersionPoller } from './subgraph-versions.js';

/** A validated operation. */
interface OperationContext {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/**
 * Returns how each catalogue did in the response to an operation. Undefined: none was requested.
 */
export function getCatalogueStates(
  { schema, document, operationName }: OperationContext,
  { services }: Outcome,
  { outdatedCountries }: Pick<VersionPoller, 'outdatedCountries'>,
): CatalogueEntry[] | undefined {
  if (services.size === 0) return undefined;
  const isIndexed = services.has(europe.folder) && readsIndex(schema, document, operationName ?? null);
  return listCatalogueStates(services, isIndexed ? outdatedCountries() : noCountries);
}

const noCountries = new Map<string, never>();

/** For how many seconds a response may be cached. Undefined: a service failed, so that the response is incomplete. */
export const maxAgeFor = (
  { schema, document, operationName }: OperationContext,
  { services }: Outcome,
): number | undefined => (areAllOk(services) ? getMaxAge(schema, document, operationName ?? null) : undefined);

function areAllOk(services: Outcome['services']): boolean {
  for (const state of services.values()) if (state !== 'OK') return false;
  return true;
}

/** Adds `extensions.catalogues`, how each requested catalogue did. Has to follow plugins that remove extensions. */
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

/** Records for how long a complete response may be cached. Has to follow plugins that change errors. */
export const recordCacheability: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue: { outcome }, schema, document, operationName, response: { body, http } }) => {
        if (body.kind !== 'single' || !document || (http.status ?? 200) !== 200) return Promise.resolve();
        const { data, errors } = body.singleResult;
        if (data === undefined || data === null || errors) return Promise.resolve();
        const maxAgeSeconds = maxAgeFor({ schema, document, operationName }, outcome);
        if (maxAgeSeconds !== undefined) outcome.maxAgeSeconds = maxAgeSeconds;
        return Promise.resolve();
      },
    }),
};
