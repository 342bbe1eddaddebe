import { resolvePage } from '../../../kit/graphql/pagination.js';
import { getEffectiveDay } from '../../model/effective-date.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { adoptionKey } from '../../model/list-keys.js';
import { chooseText } from '../../model/names.js';
import { type AdoptionParent, undated } from '../../model/rows.js';
import { resolveHeldNeeds } from './need.js';
import { organisationResolvers } from './organisation.js';

export const administrationResolvers: ResolversOf<'NationalAdministration'> = {
  ...organisationResolvers,
  kindDetail: ({ kindDetail, officialLanguages }, { language }, { catalogue }) =>
    chooseText(catalogue, kindDetail, officialLanguages, language)?.text ?? null,
  kindDetailLanguage: ({ kindDetail, officialLanguages }, { language }, { catalogue }) =>
    chooseText(catalogue, kindDetail, officialLanguages, language)?.language ?? null,
  population: async (administration, { asOf }, { loaders }) => {
    const [figure] = await loaders.population.load({
      id: administration.id,
      day: getEffectiveDay(administration, asOf),
      arguments: null,
    });
    return figure ? { ...figure, on: figure.onDate === undated ? null : figure.onDate } : null;
  },
  needs: resolveHeldNeeds,
  predecessors: ({ id }, _args, { loaders }) => loaders.predecessors.load(id),
  successors: ({ id }, _args, { loaders }) => loaders.successors.load(id),
  adoptions: (administration, { asOf, ...pageArguments }, { loaders }) => {
    const { id } = administration;
    const day = getEffectiveDay(administration, asOf);
    return resolvePage<AdoptionParent>(pageArguments, {
      scope: `${id} adoptions`,
      key: adoptionKey,
      find: (page) => loaders.adoptionPage.load({ id, day, arguments: { page } }),
      count: async () => (await loaders.adoptionCount.load({ id, day, arguments: null }))[0]?.count ?? 0,
    });
  },
};
