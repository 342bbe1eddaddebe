import { dayFor } from '../../model/effective-date.js';
import type { NationalAdministrationResolvers } from '../../generated/resolver-types.js';
import { nameOf } from '../../model/names.js';
import { periodOf } from '../../model/periods.js';

type Shared =
  | 'id'
  | 'name'
  | 'names'
  | 'alternativeNames'
  | 'country'
  | 'identifiers'
  | 'homepage'
  | 'existed'
  | 'memberships'
  | 'provenance';

/** What administrations and consortia have in common. Fields that stand in the row need no resolver. */
export const organisationResolvers: Pick<NationalAdministrationResolvers, Shared> = {
  name: (body, { language }, { catalogue }) => nameOf(catalogue, body, language),
  country: (_body, _args, { catalogue }) => catalogue.country.code,
  identifiers: async (body, { asOf }, { catalogue, loaders }) => {
    const held = await loaders.identifiers.load({ id: body.id, day: dayFor(body, asOf), arguments: null });
    return held.map((identifier) => ({
      scheme: identifier.scheme,
      notation: identifier.notation,
      uri: catalogue.schemes.find(({ scheme }) => scheme === identifier.scheme)?.uri?.(identifier.notation) ?? null,
      during: periodOf(identifier),
    }));
  },
  existed: periodOf,
  memberships: (body, { asOf }, { loaders }) =>
    loaders.memberships.load({ id: body.id, day: dayFor(body, asOf), arguments: null }),
};
