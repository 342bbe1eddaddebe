import type { JsonRowReader } from '../../kit/graphql/json-rows.js';
import { today } from '../../shared/dates.js';
import { findDescription } from '../../shared/languages.js';
import { findPortalReadiness } from '../../shared/portal-readiness.js';
import type { Content } from '../feed/entry-schemas.js';
import type { ResolversOf } from '../generated/resolver-types.js';
import type { StoredAdoption } from '../repositories/adoptions.js';
import type { AdoptionRow } from '../rows.js';
import { countryOf, stubForId } from '../stubs.js';

/** The content of a record has the names of the contract; only references are resolved. */
export const catalogueRecordResolvers: ResolversOf<'CatalogueRecord'> = {
  solution: ({ solutionAddress }, _args, { loaders }) => loaders.solution.load(solutionAddress),
  localisedName: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'localisedName', language, catalogueLanguages)?.text ?? null,
  localisedNameLanguage: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'localisedName', language, catalogueLanguages)?.language ?? null,
  shortDescription: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'shortDescription', language, catalogueLanguages)?.text ?? null,
  shortDescriptionLanguage: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'shortDescription', language, catalogueLanguages)?.language ?? null,
  // The feed has the text once: writing it takes a country longer than all other fields of a record.
  publiccode: ({ publiccodeFile }) =>
    publiccodeFile === null || publiccodeFile.issues.some(({ severity }) => severity === 'ERROR')
      ? null
      : publiccodeFile.text,
  publisher: ({ publisherId }) => (publisherId === null ? null : stubForId(publisherId)),
  claims: async ({ solutionAddress: address, country }, _args, { loaders }) =>
    (await loaders.claims.load({ address, country })).map(({ content }) => content),
  terms: async ({ solutionAddress: address, country }, _args, { loaders }) =>
    (await loaders.terms.load({ address, country })).map(({ content }) => content),
  portalReadiness: async (record, { asOf }, { loaders }) => {
    const terms = await loaders.terms.load({ address: record.solutionAddress, country: record.country });
    const exceptionGrounds = terms.map(({ content }) => content.exceptionGround);
    return findPortalReadiness({ ...record, exceptionGrounds }, asOf ?? today());
  },
};

/** The confidence of a user that its country could not match, but whose name only one organisation abroad has. */
const foreignMatchConfidence = 0.9;

/** Whether the user's own country states it. */
const isConfirmed = (userId: string | null, country: string): boolean | null =>
  userId === null ? null : countryOf(userId) === country;

/** How the adoptions of a list are read: their contents have the names of the contract. */
export const adoptionReader: JsonRowReader<StoredAdoption, AdoptionRow> = {
  parse: ({ json, id, userId }) => ({ ...(JSON.parse(json) as Content<'ADOPTION'>), id, userId }),
  computed: {
    administrationId: ({ userId }) => userId,
    confirmed: ({ userId, id }) => isConfirmed(userId, countryOf(id)),
  },
};

export const adoptionResolvers: ResolversOf<'Adoption'> = {
  administrationId: ({ userId }) => userId,
  administration: ({ userId }) => (userId === null ? null : stubForId(userId)),
  confirmed: ({ country, userId }) => isConfirmed(userId, country),
  solution: ({ solutionAddress }, _args, { loaders }) => loaders.solution.load(solutionAddress),
  matchConfidence: ({ administrationId, matchConfidence, userId }) =>
    administrationId === null && userId !== null ? foreignMatchConfidence : matchConfidence,
};
