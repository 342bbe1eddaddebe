import { findDescription } from '../../shared/languages.js';
import type { ResolversOf } from '../generated/resolver-types.js';
import { stubForId } from '../stubs.js';

/** A record says under the names of the contract what its country says; only what leads elsewhere is resolved. */
export const catalogueRecordResolvers: ResolversOf<'CatalogueRecord'> = {
  solution: ({ solutionAddress }, _args, { loaders }) => loaders.solution.load(solutionAddress),
  localisedName: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'localisedName', language, catalogueLanguages),
  shortDescription: ({ descriptions, catalogueLanguages }, { language }) =>
    findDescription(descriptions, 'shortDescription', language, catalogueLanguages),
  publisher: ({ publisherId }) => (publisherId === null ? null : stubForId(publisherId)),
  claims: async ({ solutionAddress: address, country }, _args, { loaders }) =>
    (await loaders.claims.load({ address, country })).map(({ content }) => content),
};

/** How sure Europe is of a user whom a country could not find at home: one body alone is written so. */
const foreignMatchConfidence = 0.9;

export const adoptionResolvers: ResolversOf<'Adoption'> = {
  country: ({ content }) => content.country,
  administrationId: ({ userId }) => userId,
  administration: ({ userId }) => (userId === null ? null : stubForId(userId)),
  group: ({ content }) => content.group,
  solutionAddress: ({ content }) => content.solutionAddress,
  solution: ({ content }, _args, { loaders }) => loaders.solution.load(content.solutionAddress),
  status: ({ content }) => content.status,
  during: ({ content }) => content.during,
  version: ({ content }) => content.version,
  rawName: ({ content }) => content.rawName,
  matchConfidence: ({ content, userId }) =>
    content.administrationId === null && userId !== null ? foreignMatchConfidence : content.matchConfidence,
  provenance: ({ content }) => content.provenance,
};
