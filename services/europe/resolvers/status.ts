import type { ResolversOf } from '../generated/resolver-types.js';
import { stubForId } from '../stubs.js';

export const catalogueStatusResolvers: ResolversOf<'CatalogueStatus'> = {
  entries: async ({ country }, _args, { loaders }) => (await loaders.counts.load(country))?.entries ?? 0,
  refused: async ({ country }, _args, { loaders }) => (await loaders.counts.load(country))?.refused ?? 0,
  figures: ({ country }, _args, { loaders }) => loaders.figures.load(country),
  refusals: ({ country }, _args, { loaders }) => loaders.refusals.load(country),
  disputedAddresses: async ({ country }, _args, { loaders }) =>
    (await loaders.counts.load(country))?.disputedAddresses ?? 0,
  disputes: ({ country }, _args, { loaders }) => loaders.disputesOfCountry.load(country),
  unconfirmedAdoptions: async ({ country }, _args, { loaders }) =>
    (await loaders.counts.load(country))?.unconfirmedAdoptions ?? 0,
  unconfirmedMemberships: async ({ country }, _args, { loaders }) =>
    (await loaders.counts.load(country))?.unconfirmedMemberships ?? 0,
  unconfirmedStatements: ({ country }, _args, { loaders }) => loaders.unconfirmedStatements.load(country),
  usersNamed: async ({ country }, _args, { loaders }) => (await loaders.counts.load(country))?.usersNamed ?? 0,
  usersMatched: async ({ country }, _args, { loaders }) => (await loaders.counts.load(country))?.usersMatched ?? 0,
  openUsers: ({ country }, _args, { loaders }) => loaders.openUsers.load(country),
};

export const addressDisputeResolvers: ResolversOf<'AddressDispute'> = {
  record: async ({ recordId }, _args, { loaders }) => {
    const record = await loaders.recordById.load(recordId);
    return record && { ...record.content, catalogueLanguages: record.languages };
  },
};

export const openUserResolvers: ResolversOf<'OpenUser'> = {
  candidates: ({ candidateIds }) => candidateIds.map(stubForId),
};
