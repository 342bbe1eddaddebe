import { createScalars } from '../../schema/scalars.js';
import { InputError } from '../kit/errors.js';
import type { QueryResolvers } from './generated/resolver-types.js';
import { type CatalogueStub, catalogueStubs, type Stub, stubOfCode, stubOfId } from './stubs.js';

const mostBodies = 100;

const Query: QueryResolvers = {
  catalogues: (_root, { countries }) => catalogueStubs(countries),
  organisation: (_root, { id }) => stubOfId(id),
  organisations: (_root, { ids, identifiers }) => {
    const count = (ids?.length ?? 0) + (identifiers?.length ?? 0);
    if (count > mostBodies) {
      throw new InputError('INVALID_ARGUMENT', `You ask for ${count} bodies; at most ${mostBodies} at once.`);
    }
    return [...(ids ?? []).map(forItself(stubOfId)), ...(identifiers ?? []).map(forItself(stubOfCode))];
  },
  administration: (_root, { identifier }) => stubOfCode(identifier),
};

/** What is malformed costs its own place in a list, and is named there. */
const forItself =
  <Asked, Found>(find: (asked: Asked) => Found) =>
  (asked: Asked): Found | Promise<never> => {
    try {
      return find(asked);
    } catch (refusal) {
      if (refusal instanceof InputError) return Promise.reject(refusal);
      throw refusal;
    }
  };

const typeOf = ({ __typename }: Stub | CatalogueStub): string => __typename;

/** Europe's resolvers: each field says which country to ask. */
export const resolvers = {
  CountryCode: createScalars((code) => (message) => new InputError(code, message)).CountryCode,
  Query,
  Organisation: { __resolveType: typeOf },
  Administration: { __resolveType: typeOf },
  Consortium: { __resolveType: typeOf },
  Catalogue: { __resolveType: typeOf },
};
