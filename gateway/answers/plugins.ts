import type { ApolloServerPlugin } from '@apollo/server';

import { maxAgeOf } from '../../schema/cache-hints.js';
import { europe } from '../../schema/countries.js';
import { asksIndex } from '../../schema/from-index.js';
import type { GatewayContext } from '../request.js';
import { cataloguesOf } from './catalogues.js';
import type { Versions } from './versions.js';

/**
 * Says in `extensions.catalogues` of an answer how each country did that was asked. Stands after what drops extensions.
 *
 * @param behind of which countries Europe's index may not have the latest.
 */
export const catalogueStates = ({ behind }: Pick<Versions, 'behind'>): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue, schema, document, operationName, response: { body } }) => {
        const { services } = contextValue.outcome;
        if (services.size === 0 || body.kind !== 'single' || !document) return Promise.resolve();
        const isIndexed = services.has(europe.folder) && asksIndex(schema, document, operationName ?? null);
        body.singleResult.extensions = {
          ...body.singleResult.extensions,
          catalogues: cataloguesOf(services, isIndexed ? behind() : new Map()),
        };
        return Promise.resolve();
      },
    }),
});

/** Writes down for how long an answer may be given again, when it is whole. Stands after what changes errors. */
export const noteKeeping: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue: { outcome }, schema, document, operationName, response: { body, http } }) => {
        if (body.kind !== 'single' || !document || (http.status ?? 200) !== 200) return Promise.resolve();
        const { data, errors } = body.singleResult;
        const isWhole = data !== undefined && data !== null && !errors;
        if (isWhole && [...outcome.services.values()].every((state) => state === 'OK'))
          outcome.keepFor = maxAgeOf(schema, document, operationName ?? null);
        return Promise.resolve();
      },
    }),
};
