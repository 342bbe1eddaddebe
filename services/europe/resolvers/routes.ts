import { InputError } from '../../kit/graphql/errors.js';
import type { QueryResolvers } from '../generated/resolver-types.js';
import { catalogueStubs, stubForCode, stubForId } from '../stubs.js';

const maxOrganisations = 100;

/** Fields that say which country to ask. They need no index. */
export const routes: Required<
  Pick<QueryResolvers, 'catalogues' | 'organisation' | 'organisations' | 'administration'>
> = {
  catalogues: (_root, { countries }) => catalogueStubs(countries),
  organisation: (_root, { id }) => stubForId(id),
  organisations: (_root, { ids, identifiers }) => {
    const count = (ids?.length ?? 0) + (identifiers?.length ?? 0);
    if (count > maxOrganisations) {
      throw new InputError('INVALID_ARGUMENT', `You ask for ${count} bodies; at most ${maxOrganisations} at once.`);
    }
    return [...(ids ?? []).map(rejectPerItem(stubForId)), ...(identifiers ?? []).map(rejectPerItem(stubForCode))];
  },
  administration: (_root, { identifier }) => stubForCode(identifier),
};

/** What is malformed costs its own place in a list, and is named there. */
const rejectPerItem =
  <Asked, Found>(find: (asked: Asked) => Found) =>
  (asked: Asked): Found | Promise<never> => {
    try {
      return find(asked);
    } catch (refusal) {
      if (refusal instanceof InputError) return Promise.reject(refusal);
      throw refusal;
    }
  };
