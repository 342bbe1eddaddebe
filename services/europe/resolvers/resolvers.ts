import { createScalars } from '../../../schema/values/scalars.js';
import { InputError } from '../../kit/graphql/errors.js';
import { connectionResolvers } from '../../kit/graphql/pagination.js';
import type { CatalogueStub, Stub } from '../stubs.js';
import { lists } from './lists.js';
import { adoptionResolvers, catalogueRecordResolvers } from './records.js';
import { routes } from './routes.js';
import { catalogueStatusResolvers, openUserResolvers } from './status.js';
import { solutionConnectionResolvers, solutionQueries, solutionResolvers } from './solution.js';

const typeOf = ({ __typename }: Stub | CatalogueStub): string => __typename;

/** Europe's resolvers: which country to ask, and what the index has found. */
export const resolvers = {
  ...createScalars((code) => (message) => new InputError(code, message)),
  Query: {
    ...routes,
    ...lists,
    ...solutionQueries,
  },
  Organisation: { __resolveType: typeOf },
  Administration: { __resolveType: typeOf },
  Consortium: { __resolveType: typeOf },
  Catalogue: { __resolveType: typeOf },
  Solution: solutionResolvers,
  SolutionConnection: { ...connectionResolvers, ...solutionConnectionResolvers },
  CatalogueRecord: catalogueRecordResolvers,
  Adoption: adoptionResolvers,
  AdoptionConnection: connectionResolvers,
  CatalogueStatus: catalogueStatusResolvers,
  OpenUser: openUserResolvers,
  AdministrationConnection: connectionResolvers,
  ConsortiumConnection: connectionResolvers,
};
