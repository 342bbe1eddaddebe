import type { QueryResolvers } from '../generated/resolver-types.js';
import { catalogueStubs, stubForCode, stubForId } from '../stubs.js';
import { rejectPerItem, requireFewItems } from './items.js';

/** Fields that route to a country: they return stubs, and do not need the index. */
export const routes: Required<
  Pick<QueryResolvers, 'catalogues' | 'organisation' | 'organisations' | 'administration'>
> = {
  catalogues: (_root, { countries }) => catalogueStubs(countries),
  organisation: (_root, { id }) => stubForId(id),
  organisations: (_root, { ids, identifiers }) => {
    requireFewItems((ids?.length ?? 0) + (identifiers?.length ?? 0), 'organisations');
    return [...(ids ?? []).map(rejectPerItem(stubForId)), ...(identifiers ?? []).map(rejectPerItem(stubForCode))];
  },
  administration: (_root, { identifier }) => stubForCode(identifier),
};
