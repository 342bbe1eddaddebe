import { getEffectiveDay } from '../../model/effective-date.js';
import { chooseName, chooseText } from '../../model/names.js';
import { toPeriod } from '../../model/periods.js';
import type { OrganisationParent } from '../../model/rows.js';
import type { InputMaybe } from '../../generated/resolver-types.js';
import type { Context } from '../context.js';

/** A day, where the client gives one. */
interface DayArgument {
  readonly asOf?: InputMaybe<string>;
}

/** A language, where the client gives one. */
interface LanguageArgument {
  readonly language?: InputMaybe<string>;
}

/** The fields that administrations and consortia have in common and that are not in their rows. */
export const organisationResolvers = {
  name: (organisation: OrganisationParent, { language }: LanguageArgument, { catalogue }: Context) =>
    chooseName(catalogue, organisation, language),
  nameLanguage: (
    { names, officialLanguages }: OrganisationParent,
    { language }: LanguageArgument,
    { catalogue }: Context,
  ) => chooseText(catalogue, names, officialLanguages, language)?.language ?? null,
  country: (_organisation: OrganisationParent, _args: unknown, { catalogue }: Context) => catalogue.country.code,
  identifiers: async (organisation: OrganisationParent, { asOf }: DayArgument, { catalogue, loaders }: Context) => {
    const day = getEffectiveDay(organisation, asOf);
    const held = await loaders.identifiers.load({ id: organisation.id, day, arguments: null });
    return held.map((identifier) => ({
      scheme: identifier.scheme,
      notation: identifier.notation,
      uri: catalogue.schemes.find(({ scheme }) => scheme === identifier.scheme)?.uri?.(identifier.notation) ?? null,
      during: toPeriod(identifier),
    }));
  },
  existed: toPeriod,
  memberships: (organisation: OrganisationParent, { asOf }: DayArgument, { loaders }: Context) =>
    loaders.memberships.load({ id: organisation.id, day: getEffectiveDay(organisation, asOf), arguments: null }),
};
