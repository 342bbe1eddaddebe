import { createScalars } from '../../../../schema/values/scalars.js';
import { InputError } from '../../../kit/graphql/errors.js';
import { connectionResolvers } from '../../../kit/graphql/pagination.js';
import type { Catalogue } from '../../model/national-catalogue.js';
import type { EligibilityResolvers } from '../../generated/resolver-types.js';
import { textOf } from '../../model/names.js';
import { nationalFieldResolvers } from '../national-fields.js';
import { administrationResolvers } from './administration.js';
import { catalogueResolvers } from './catalogue.js';
import { consortiumResolvers } from './consortium.js';
import { changeConnectionResolvers, changeResolvers } from './changes.js';
import { membershipResolvers } from './membership.js';
import { resolveCatalogueReference, resolveReference } from './entity-references.js';
import { adoptionResolvers, catalogueRecordResolvers, claimResolvers, portfolioEntryResolvers } from './solution.js';

/** The resolvers of one country: those of every country, under its types' names, with its national fields. */
export function createResolvers(catalogue: Catalogue) {
  const { adjective, folder } = catalogue.country;
  const typeOf = ({ type }: { type: 'ADMINISTRATION' | 'CONSORTIUM' }): string =>
    adjective + (type === 'ADMINISTRATION' ? 'Administration' : 'Consortium');
  const catalogueId = `${catalogue.code.toLowerCase()}:catalogue`;
  return {
    ...createScalars((code) => (message) => new InputError(code, message)),
    Query: { [folder]: () => ({ id: catalogueId }) },
    Organisation: { __resolveType: typeOf },
    Administration: { __resolveType: typeOf },
    Consortium: { __resolveType: typeOf },
    Catalogue: { __resolveType: () => `${adjective}Catalogue` },
    [`${adjective}Catalogue`]: { ...catalogueResolvers, __resolveReference: resolveCatalogueReference(catalogueId) },
    [`${adjective}Administration`]: {
      ...administrationResolvers,
      ...nationalFieldResolvers(catalogue, catalogue.administrationFields),
      __resolveReference: resolveReference('ADMINISTRATION'),
    },
    [`${adjective}Consortium`]: {
      ...consortiumResolvers,
      ...nationalFieldResolvers(catalogue, catalogue.consortiumFields),
      __resolveReference: resolveReference('CONSORTIUM'),
    },
    Membership: membershipResolvers,
    Claim: claimResolvers,
    CatalogueRecord: catalogueRecordResolvers,
    PortfolioEntry: portfolioEntryResolvers,
    Adoption: adoptionResolvers,
    Change: changeResolvers,
    ChangeConnection: changeConnectionResolvers,
    Eligibility: eligibilityResolvers,
    AdministrationConnection: connectionResolvers,
    ConsortiumConnection: connectionResolvers,
    MembershipConnection: connectionResolvers,
    CatalogueRecordConnection: connectionResolvers,
    AdoptionConnection: connectionResolvers,
  };
}

const eligibilityResolvers: EligibilityResolvers = {
  kinds: ({ openToKinds }) => openToKinds ?? [],
  nuts: ({ openToNuts }) => openToNuts ?? [],
  description: ({ openToDescription, officialLanguages }, { language }, { catalogue }) =>
    textOf(catalogue, openToDescription, officialLanguages, language),
};
