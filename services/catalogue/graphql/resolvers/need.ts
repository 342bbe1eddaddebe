import { once } from '../../../kit/once.js';
import { InputError } from '../../../kit/graphql/errors.js';
import { connectionResolvers, type PageArguments, resolvePage } from '../../../kit/graphql/pagination.js';
import { today } from '../../../shared/dates.js';
import { parseSearch } from '../../../shared/name-search.js';
import type { CodeInput, InputMaybe, NeedState, ResolversOf } from '../../generated/resolver-types.js';
import { parseCodeText } from '../../model/codes.js';
import { getEffectiveDay } from '../../model/effective-date.js';
import { heldNeedKey, holderKey, needKey } from '../../model/list-keys.js';
import { chooseText } from '../../model/names.js';
import type { NeedHolderPage, NeedHolderParent } from '../../model/need-rows.js';
import { toPeriod } from '../../model/periods.js';
import type { OrganisationParent } from '../../model/rows.js';
import type { Context } from '../context.js';
import { requireValidId, requireValidNuts } from './arguments.js';

const maxCodes = 100;

function requireFewCodes(codes: InputMaybe<readonly CodeInput[]> | undefined): readonly CodeInput[] | null {
  if (codes == null || codes.length <= maxCodes) return codes ?? null;
  throw new InputError('INVALID_ARGUMENT', `\`codes\` has ${codes.length} codes; at most ${maxCodes} are allowed.`);
}

export const catalogueNeedResolvers: Pick<ResolversOf<'NationalCatalogue'>, 'needs' | 'need'> = {
  needs: (
    _catalogue,
    { search, codes, holder, state, asOf, ...pageArguments },
    { catalogue, repositories: { needs } },
  ) => {
    const searched = parseSearch(search);
    const selection = {
      search: searched,
      codes: requireFewCodes(codes),
      holder: holder == null ? null : requireValidId(holder),
      state: state ?? null,
      day: asOf ?? today(),
    };
    return resolvePage(pageArguments, {
      scope: `${catalogue.code} needs ${searched?.words ?? ''}`,
      key: needKey,
      find: (page) => needs.findNeeds(selection, page),
      count: () => needs.countNeeds(selection),
    });
  },
  need: (_catalogue, { id }, { loaders }) => loaders.need.load(id),
};

export const needResolvers: ResolversOf<'Need'> = {
  country: (_need, _args, { catalogue }) => catalogue.country.code,
  statement: ({ id, statements }, { language }, { catalogue }) =>
    chooseText(catalogue, statements, [], language)?.text ?? id,
  statementLanguage: ({ statements }, { language }, { catalogue }) =>
    chooseText(catalogue, statements, [], language)?.language ?? null,
  codes: ({ codes }) => toCodes(codes),
  holders: async ({ id }, { state, nuts, asOf, ...pageArguments }, { loaders }): Promise<NeedHolderPage> => {
    const day = asOf ?? today();
    const filter = { state: state ?? null, nuts: requireValidNuts(nuts) };
    const page = await resolvePage<NeedHolderParent>(pageArguments, {
      scope: `${id} holders`,
      key: holderKey,
      find: (cut) => loaders.holderPage.load({ id, day, arguments: { ...filter, page: cut } }),
      count: async () => (await loaders.holderCount.load({ id, day, arguments: filter }))[0]?.count ?? 0,
    });
    return { ...page, countStates: once(() => loaders.holderStates.load({ id, day, arguments: filter })) };
  },
};

/** Codes as rows contain them, without those that are not codes. */
export const toCodes = (texts: readonly string[]) => texts.map(parseCodeText).filter((code) => code !== null);

/** Resolves `needs` of an organisation. */
export async function resolveHeldNeeds(
  organisation: OrganisationParent,
  { state, asOf, ...pageArguments }: PageArguments & { state?: InputMaybe<NeedState>; asOf?: InputMaybe<string> },
  { loaders }: Context,
): Promise<NeedHolderPage> {
  const { id } = organisation;
  const day = getEffectiveDay(organisation, asOf);
  const filter = { state: state ?? null };
  const page = await resolvePage<NeedHolderParent>(pageArguments, {
    scope: `${id} needs`,
    key: heldNeedKey,
    find: (cut) => loaders.heldPage.load({ id, day, arguments: { ...filter, page: cut } }),
    count: async () => (await loaders.heldCount.load({ id, day, arguments: filter }))[0]?.count ?? 0,
  });
  return { ...page, countStates: once(() => loaders.heldStates.load({ id, day, arguments: filter })) };
}

export const needHolderConnectionResolvers: ResolversOf<'NeedHolderConnection'> = {
  ...connectionResolvers,
  states: ({ countStates }) => countStates(),
};

export const needHolderResolvers: ResolversOf<'NeedHolder'> = {
  country: (_holder, _args, { catalogue }) => catalogue.country.code,
  need: ({ needId }, _args, { loaders }) => loaders.need.load(needId),
  holder: ({ holderId }, _args, { loaders }) => (holderId === null ? null : loaders.organisation.load(holderId)),
  rule: ({ holdersKind, holdersNuts }) =>
    holdersKind === null || holdersNuts === null ? null : { kind: holdersKind, nuts: holdersNuts },
  inherited: ({ holdersKind }) => holdersKind !== null,
  during: toPeriod,
  amount: ({ amount, currency }) => (amount === null || currency === null ? null : { amount, currency }),
  solutions: ({ metBy }) => metBy.map((address) => ({ address })),
};
