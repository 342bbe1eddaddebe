import { InputError } from '../../kit/graphql/errors.js';
import type { QueryResolvers } from '../generated/resolver-types.js';
import { catalogueStubs, stubForCode, stubForId } from '../stubs.js';

const maxOrganisations = 100;

/** Fields that route to a country: they return stubs, and do not need the index. */
export const routes: Required<
  Pick<QueryResolvers, 'catalogues' | 'organisation' | 'organisations' | 'administration'>
> = {
  catalogues: (_root, { countries }) => catalogueStubs(countries),
  organisation: (_root, { id }) => stubForId(id),
  organisations: (_root, { ids, identifiers }) => {
    const count = (ids?.length ?? 0) + (identifiers?.length ?? 0);
    if (count > maxOrganisations) {
      throw new InputError(
        'INVALID_ARGUMENT',
        `You requested ${count} organisations; at most ${maxOrganisations} are allowed at once.`,
      );
    }
    return [...(ids ?? []).map(rejectPerItem(stubForId)), ...(identifiers ?? []).map(rejectPerItem(stubForCode))];
  },
  administration: (_root, { identifier }) => stubForCode(identifier),
};

/** Lets a malformed item fail by itself: it becomes null in the list, with an error at its index. */
const rejectPerItem =
  <Item, Found>(find: (item: Item) => Found) =>
  (item: Item): Found | Promise<never> => {
    try {
      return find(item);
    } catch (error) {
      if (error instanceof InputError) return Promise.reject(error);
      throw error;
    }
  };
