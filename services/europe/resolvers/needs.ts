import { once } from '../../kit/once.js';
import { InputError } from '../../kit/graphql/errors.js';
import { connectionResolvers, type PageArguments, resolvePage } from '../../kit/graphql/pagination.js';
import { today } from '../../shared/dates.js';
import { parseSearch } from '../../shared/name-search.js';
import { nutsCode } from '../../../schema/values/value-form.js';
import {
  conceptKey,
  type Concept,
  extendMatch,
  maxSteps,
  mergeMatches,
  textScheme,
  topicScheme,
} from '../crosswalk/crosswalk.js';
import type { AdministrationKind, NeedOrder, QueryResolvers, ResolversOf } from '../generated/resolver-types.js';
import { holderKey, needKey, type NeedListOrder } from '../list-keys.js';
import type { Context } from '../context.js';
import type { NeedHolderPage, NeedHolderRow, NeedMatchPage, StatedMapping, StatedMatch } from '../need-rows.js';
import type { ListedNeed, NeedSelection } from '../repositories/needs.js';
import { catalogueStubs, requireValidId, stubForId } from '../stubs.js';
import { chooseText, findMatchesOf, requireTopic } from './codes.js';
import { requireFewItems } from './items.js';
import { findUnconsidered } from './unconsidered.js';

/** @throws InputError INVALID_ARGUMENT if it is not a NUTS code. */
function requireNuts(nuts: string | null | undefined): string | null {
  if (nuts == null || nutsCode.isValid(nuts)) return nuts ?? null;
  throw new InputError(
    'INVALID_ARGUMENT',
    `\`nuts\` is ${JSON.stringify(nuts.slice(0, 20))}; it must be ${nutsCode.allowed}.`,
  );
}

/** The matches, and what they lead to by the statements of needs: one more step from each topic. */
function withTexts(matches: readonly StatedMatch[]): StatedMatch[] {
  const texts = matches.flatMap((match) =>
    match.to.scheme === topicScheme && match.path.length < maxSteps
      ? (['CLOSE', 'RELATED'] as const).flatMap((relation) => {
          const to = { scheme: textScheme, notation: `${relation}:${match.to.notation}` };
          const mapping = { from: match.to, to, relation, origin: 'TEXT', country: null, provenance: null } as const;
          return extendMatch<StatedMapping>(match, { from: match.to, to, relation, isInverted: false, mapping });
        })
      : [],
  );
  return mergeMatches([matches, texts]);
}

function needOrderOf(isMatched: boolean, orderBy: NeedOrder | null | undefined): NeedListOrder {
  const field = orderBy?.field ?? (isMatched ? 'RELEVANCE' : 'NAME');
  if (field === 'RELEVANCE' && !isMatched)
    throw new InputError('INVALID_ARGUMENT', 'RELEVANCE needs a `search`, `codes` or a `topic`.');
  return { field, direction: orderBy?.direction ?? (field === 'HOLDERS' ? 'DESC' : 'ASC') };
}

export const needQueries: Required<Pick<QueryResolvers, 'needs'>> = {
  needs: async (
    _root,
    { search, codes, topic, holder, countries, state, asOf, orderBy, ...pageArguments },
    context,
  ) => {
    if (countries) catalogueStubs(countries);
    requireValidId(holder);
    requireFewItems(codes?.length ?? 0, 'codes');
    const concepts: Concept[] = [...(codes ?? []), ...(topic == null ? [] : [requireTopic(topic)])];
    const searched = parseSearch(search);
    const selection: NeedSelection = {
      search: searched,
      matches: codes == null && topic == null ? null : await findNeedMatches(concepts, context),
      holder: holder ?? null,
      countries: countries ?? null,
      state: state ?? null,
      day: asOf ?? today(),
      order: needOrderOf(searched !== null || concepts.length > 0, orderBy),
    };
    return listNeeds(selection, concepts, pageArguments, context);
  },
};

/** What needs may have that are about these codes and topics. */
export const findNeedMatches = async (concepts: readonly Concept[], context: Context): Promise<StatedMatch[]> =>
  withTexts(await findMatchesOf(concepts, context));

/** A page of needs, for these codes and topics. */
export async function listNeeds(
  selection: NeedSelection,
  concepts: readonly Concept[],
  pageArguments: PageArguments,
  { repositories: { needs } }: Context,
): Promise<NeedMatchPage> {
  const { order } = selection;
  const matchByKey = new Map(selection.matches?.map((match) => [conceptKey(match.to), match]));
  const page = await resolvePage<ListedNeed>(pageArguments, {
    scope: `needs ${order.field} ${order.direction} ${selection.search?.words ?? ''} ${concepts.map(conceptKey).join(' ')}`,
    key: needKey(order),
    find: (requested) => needs.findPage(selection, requested),
    count: () => needs.count(selection),
  });
  return {
    ...page,
    edges: page.edges.map(({ node, cursor }) => ({
      need: node,
      cursor,
      match: (node.matchedKey === null ? null : matchByKey.get(node.matchedKey)) ?? null,
    })),
    countCountries: () => needs.countCountries(selection),
  };
}

export const needMatchConnectionResolvers: ResolversOf<'NeedMatchConnection'> = {
  ...connectionResolvers,
  pageInfo: ({ edges, ...page }) =>
    connectionResolvers.pageInfo({ ...page, edges: edges.map(({ need, cursor }) => ({ node: need, cursor })) }),
  edges: ({ edges }) => [...edges],
  nodes: ({ edges }) => edges.map(({ need }) => need),
  totalCount: ({ count }) => count(),
  countries: async ({ countCountries }) => [...(await countCountries())],
  notConsidered: (_page, _args, context) => findUnconsidered(context, { needs: true }),
};

export const needMatchEdgeResolvers: ResolversOf<'NeedMatchEdge'> = {
  node: ({ need }) => need,
  relation: ({ match }) => match?.relation ?? null,
  path: ({ match }) => [...(match?.path ?? [])],
};

export const needResolvers: ResolversOf<'Need'> = {
  statement: ({ id, statements, catalogueLanguages }, { language }) =>
    chooseText(statements, language, catalogueLanguages)?.text ?? id,
  statementLanguage: ({ statements, catalogueLanguages }, { language }) =>
    chooseText(statements, language, catalogueLanguages)?.language ?? null,
  holders: async ({ id }, { state, nuts, asOf, ...pageArguments }, { loaders }): Promise<NeedHolderPage> => {
    const day = asOf ?? today();
    const filter = { state: state ?? null, nuts: requireNuts(nuts) };
    const page = await resolvePage<NeedHolderRow>(pageArguments, {
      scope: `${id} holders`,
      key: holderKey,
      find: (requested) => loaders.holderPage.load({ id, day, arguments: { ...filter, page: requested } }),
      count: async () => (await loaders.holderCount.load({ id, day, arguments: filter }))[0]?.count ?? 0,
    });
    return { ...page, countStates: once(() => loaders.holderStates.load({ id, day, arguments: filter })) };
  },
};

export const needHolderConnectionResolvers: ResolversOf<'NeedHolderConnection'> = {
  ...connectionResolvers,
  states: async ({ countStates }) => [...(await countStates())],
};

export const needHolderResolvers: ResolversOf<'NeedHolder'> = {
  need: ({ needId }, _args, { loaders }) => loaders.need.load(needId),
  holder: ({ holderId }) => (holderId === null ? null : stubForId(holderId)),
  rule: ({ holdersKind, holdersNuts }) =>
    holdersKind === null || holdersNuts === null
      ? null
      : { kind: holdersKind as AdministrationKind, nuts: holdersNuts },
  inherited: ({ holdersKind }) => holdersKind !== null,
  amount: ({ amount, currency }) => (amount === null || currency === null ? null : { amount, currency }),
  solutions: ({ metBy }, _args, { loaders }) => Promise.all(metBy.map((address) => loaders.solution.load(address))),
};
