import { createScalars } from '../../../../schema/values/scalars.js';
import { InputError } from '../../../kit/graphql/errors.js';
import { connectionResolvers } from '../../../kit/graphql/pagination.js';
import type { Catalogue } from '../../model/national-catalogue.js';
import type { AllResolvers, ResolversOf } from '../../generated/resolver-types.js';
import { chooseText } from '../../model/names.js';
import type { OrganisationRow } from '../../model/rows.js';
import { nationalFieldResolvers } from '../national-fields.js';
import { administrationResolvers } from './administration.js';
import { administrationConnectionResolvers, catalogueResolvers, successionResolvers } from './catalogue.js';
import { codeListResolvers, codeMappingResolvers, codeReferenceResolvers, codeResolvers } from './code.js';
import { consortiumResolvers } from './consortium.js';
import { changeConnectionResolvers, changeResolvers } from './changes.js';
import { needHolderConnectionResolvers, needHolderResolvers, needResolvers } from './need.js';
import { membershipResolvers } from './membership.js';
import { resolveCatalogueReference, resolveReference } from './entity-references.js';
import {
  adoptionResolvers,
  catalogueRecordResolvers,
  claimResolvers,
  portfolioEntryResolvers,
  qualityIssueResolvers,
} from './solution.js';
import { contractResolvers, termsResolvers } from './terms.js';

/** The types that only mutations and the audit trail return. */
type MutationType =
  | 'Mutation'
  | 'AuditEntry'
  | 'AuditEntryConnection'
  | 'Webhook'
  | 'WebhookDelivery'
  | 'WebhookDeliveryConnection'
  | 'RegisterWebhookPayload'
  | 'RotateWebhookSecretPayload';

interface QueryFields {
  readonly Query: Omit<ResolversOf<'Query'>, 'auditTrail' | 'webhooks'>;
}

/** The resolvers of one country: those of every country, under the names of its types, with its national fields. */
export function createResolvers(catalogue: Catalogue) {
  const { adjective, folder } = catalogue.country;
  const { Query, NationalCatalogue, NationalAdministration, NationalConsortium, ...shared } =
    createSharedResolvers(catalogue);
  const typeOf = ({ type }: OrganisationRow): string =>
    adjective + (type === 'ADMINISTRATION' ? 'Administration' : 'Consortium');
  return {
    ...createScalars((code) => (message) => new InputError(code, message)),
    ...shared,
    Organisation: { __resolveType: typeOf },
    Administration: { __resolveType: typeOf },
    Consortium: { __resolveType: typeOf },
    Catalogue: { __resolveType: () => `${adjective}Catalogue` },
    Query: { [folder]: Query.national },
    [`${adjective}Catalogue`]: {
      ...NationalCatalogue,
      __resolveReference: resolveCatalogueReference(catalogueId(catalogue)),
    },
    [`${adjective}Administration`]: {
      ...NationalAdministration,
      ...nationalFieldResolvers(catalogue, catalogue.administrationFields),
      __resolveReference: resolveReference('ADMINISTRATION'),
    },
    [`${adjective}Consortium`]: {
      ...NationalConsortium,
      ...nationalFieldResolvers(catalogue, catalogue.consortiumFields),
      __resolveReference: resolveReference('CONSORTIUM'),
    },
  };
}

const catalogueId = ({ code }: Catalogue): string => `${code.toLowerCase()}:catalogue`;

/** The resolvers of every country; `National` is replaced by the country in the names of types. */
function createSharedResolvers(catalogue: Catalogue): Omit<AllResolvers, 'Query' | MutationType> & QueryFields {
  return {
    Query: { national: () => ({ id: catalogueId(catalogue) }) },
    NationalCatalogue: catalogueResolvers,
    NationalAdministration: administrationResolvers,
    NationalConsortium: consortiumResolvers,
    Membership: membershipResolvers,
    Claim: claimResolvers,
    CatalogueRecord: catalogueRecordResolvers,
    QualityIssue: qualityIssueResolvers,
    PortfolioEntry: portfolioEntryResolvers,
    Adoption: adoptionResolvers,
    CodeList: codeListResolvers,
    Code: codeResolvers,
    CodeReference: codeReferenceResolvers,
    CodeMapping: codeMappingResolvers,
    CodeConnection: connectionResolvers,
    Need: needResolvers,
    NeedConnection: connectionResolvers,
    NeedHolder: needHolderResolvers,
    NeedHolderConnection: needHolderConnectionResolvers,
    Terms: termsResolvers,
    TermsConnection: connectionResolvers,
    Contract: contractResolvers,
    ContractConnection: connectionResolvers,
    Change: changeResolvers,
    ChangeConnection: changeConnectionResolvers,
    Eligibility: eligibilityResolvers,
    AdministrationConnection: administrationConnectionResolvers,
    ConsortiumConnection: connectionResolvers,
    MembershipConnection: connectionResolvers,
    Succession: successionResolvers,
    SuccessionConnection: connectionResolvers,
    CatalogueRecordConnection: connectionResolvers,
    AdoptionConnection: { ...connectionResolvers, complete: () => false },
  };
}

const chooseDescription = (
  catalogue: Catalogue,
  { openToDescription, officialLanguages }: OrganisationRow,
  language: string | null | undefined,
) => chooseText(catalogue, openToDescription, officialLanguages, language);

const eligibilityResolvers: ResolversOf<'Eligibility'> = {
  kinds: ({ openToKinds }) => openToKinds ?? [],
  nuts: ({ openToNuts }) => openToNuts ?? [],
  description: (eligibility, { language }, { catalogue }) =>
    chooseDescription(catalogue, eligibility, language)?.text ?? null,
  descriptionLanguage: (eligibility, { language }, { catalogue }) =>
    chooseDescription(catalogue, eligibility, language)?.language ?? null,
};
