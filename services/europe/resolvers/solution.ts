import { sumUpToDays } from '../sum-up-to-days.js';
import { pointsBetween, today } from '../../shared/dates.js';
import { requireSolutionAddress } from '../../shared/solution-address.js';
import { InputError } from '../../kit/graphql/errors.js';
import { parseLanguage, findText, type LocalisedText } from '../../shared/languages.js';
import { connectionResolvers, resolvePage, selectsOnly } from '../../kit/graphql/pagination.js';
import { nextTurn } from '../../kit/observability/next-turn.js';
import { parseConceptKey } from '../crosswalk/codes.js';
import { topicScheme } from '../crosswalk/crosswalk.js';
import type { StatedMatch } from '../need-rows.js';
import { termsByTopic } from '../search/topics.js';
import { findMatchesOf } from './codes.js';
import { loadJoining } from './joining.js';
import { requireAdministrationId } from './peers.js';
import type { Context } from '../context.js';
import type { QueryResolvers, ResolversOf, SolutionOrderField } from '../generated/resolver-types.js';
import { adoptionKey, type ListedAdoption, solutionKey, type SolutionListOrder } from '../list-keys.js';
import { adoptionFacets, toFacets } from '../facets.js';
import type { SolutionSelection } from '../repositories/solutions.js';
import type { SolutionPage, SolutionParent } from '../rows.js';
import { parseSearch } from '../search/parse-search.js';
import { requireValidId, type Stub, stubForId } from '../stubs.js';

export const solutionQueries: Required<Pick<QueryResolvers, 'solution' | 'solutions'>> = {
  solution: (_root, { address: written }, context) => {
    const address = requireSolutionAddress(written);
    return findSolution(address, context);
  },
  solutions: async (_root, { search, filter, orderBy, ...pageArguments }, { repositories }): Promise<SolutionPage> => {
    for (const id of [filter?.publisher, filter?.maintainer, filter?.usedBy]) requireValidId(id);
    const parsedSearch = await parseSearch(repositories.query, search);
    const order = orderOf(parsedSearch !== null, orderBy?.field, orderBy?.direction);
    const selection: SolutionSelection = { day: today(), search: parsedSearch, filter: filter ?? {}, order };
    const page = await resolvePage(pageArguments, {
      scope: `solutions ${order.field} ${order.direction}`,
      key: solutionKey(order),
      find: (requested) => repositories.solutions.findPage(selection, requested),
      count: () => repositories.solutions.count(selection),
    });
    return {
      ...page,
      edges: page.edges.map(({ node, cursor }) => ({ node: { address: node.address, row: node }, cursor })),
      fuzzy: parsedSearch && parsedSearch.isCorrected,
      facets: () => repositories.solutions.countFacets(selection),
      countUnknown: () => repositories.solutions.countUnknown(selection),
    };
  },
};

/** The solution at an address, described or only referred to by a catalogue; null if no catalogue knows the address. */
export async function findSolution(address: string, { loaders }: Context): Promise<SolutionParent | null> {
  const solution = await loaders.solution.load(address);
  return solution.row !== null || (await loaders.named.load(address)) ? solution : null;
}

function orderOf(
  isSearch: boolean,
  field: SolutionOrderField | null | undefined,
  direction: 'ASC' | 'DESC' | null | undefined,
): SolutionListOrder {
  const by = field ?? (isSearch ? 'RELEVANCE' : 'NAME');
  if (by === 'RELEVANCE') {
    if (!isSearch) throw new InputError('INVALID_ARGUMENT', 'RELEVANCE needs a `search`.');
    return { field: by, direction: 'ASC' };
  }
  return { field: by, direction: direction ?? (by === 'NAME' ? 'ASC' : 'DESC') };
}

export const solutionConnectionResolvers: ResolversOf<'SolutionConnection'> = {
  ...connectionResolvers,
  unknown: ({ countUnknown }) => countUnknown(),
  facets: ({ facets }) => facets(),
  staleCatalogues: (_page, _args, { repositories }) => repositories.status.findStale(),
};

/** The fields of `CountryReuse` that sums give. */
const reuseNumbers = ['country', 'adopters', 'dated', 'observed', 'complete', '__typename'];

/** Its key in the index: its id, or its address if no catalogue describes it. */
const idOf = ({ address, row }: SolutionParent): string => row?.id ?? address;

async function findShortDescription(
  { row }: SolutionParent,
  language: string | null | undefined,
  { loaders }: Context,
): Promise<LocalisedText | null> {
  const texts = row?.content.shortDescriptions ?? [];
  const requested = findText(texts, parseLanguage(language));
  const origin = row?.content.origins.find(({ field }) => field === 'shortDescription');
  if (requested !== null || !origin) return requested;
  const catalogue = await loaders.languages.load(origin.country);
  const given = texts.filter(({ recordId }) => recordId === origin.recordId);
  return findText(given, catalogue?.languages ?? []) ?? given[0] ?? null;
}

/** Stubs of those of these organisations that their countries know. */
async function findKnownOrganisations(ids: readonly string[], { loaders }: Context): Promise<Stub[]> {
  const known = await loaders.knownOrganisation.loadMany([...ids]);
  return known.flatMap((found) => {
    if (found instanceof Error) throw found;
    return (found && stubForId(found.id)) ?? [];
  });
}

export const solutionResolvers: ResolversOf<'Solution'> & {
  readonly __resolveReference: (key: { readonly address: string }, context: Context) => Promise<SolutionParent>;
} = {
  __resolveReference: ({ address }, { loaders }) => loaders.solution.load(address),
  address: ({ address, row }) => row?.address ?? address,
  id: idOf,
  addresses: ({ address, row }) => row?.content.addresses ?? [address],
  disputes: (solution, _args, { loaders }) => loaders.disputes.load(idOf(solution)),
  kind: ({ row }) => row?.kind ?? null,
  name: ({ row }, { language }) =>
    row && (findText(row.content.names, parseLanguage(language))?.text ?? row.content.name),
  nameLanguage: ({ row }, { language }) =>
    findText(row?.content.names ?? [], parseLanguage(language))?.language ?? null,
  shortDescription: async (solution, { language }, context) =>
    (await findShortDescription(solution, language, context))?.text ?? null,
  shortDescriptionLanguage: async (solution, { language }, context) =>
    (await findShortDescription(solution, language, context))?.language ?? null,
  url: ({ row }) => row?.content.url ?? null,
  licence: ({ row }) => row?.content.licence ?? null,
  licenceFamily: ({ row }) => row?.licenceFamily ?? null,
  developmentStatus: ({ row }) => row?.developmentStatus ?? null,
  softwareType: ({ row }) => row?.softwareType ?? null,
  categories: ({ row }) => row?.categories ?? null,
  codes: async (solution, _args, { loaders }) =>
    (await loaders.codesOfSolution.load(idOf(solution))).map(({ code }) => parseConceptKey(code)),
  topics: async (solution, _args, context) => {
    const codes = await context.loaders.codesOfSolution.load(idOf(solution));
    const categories = (solution.row?.categories ?? []).filter((category) => termsByTopic.has(category));
    const found = await findMatchesOf(
      [
        ...categories.map((category) => ({ scheme: topicScheme, notation: category })),
        ...codes.map(({ code }) => parseConceptKey(code)),
      ],
      context,
    );
    return found.filter(({ to, path }) => to.scheme === topicScheme && isOfSolution(path, to.notation, categories));
  },
  releaseDate: ({ row }) => row?.releaseDate ?? null,
  maintenance: ({ row }) => row?.content.maintenance ?? null,
  maintainedUntil: ({ row }) => row?.content.maintainedUntil ?? null,
  origins: ({ row }) => row?.content.origins ?? null,
  records: async (solution, _args, { loaders }) =>
    (await loaders.records.load(idOf(solution))).map(({ content, languages }) => ({
      ...content,
      catalogueLanguages: languages,
    })),
  publishedIn: ({ row }) => row?.publishedIn ?? null,
  publisherIds: ({ row }) => row?.publisherIds ?? null,
  publishers: ({ row }, _args, context) => row && findKnownOrganisations(row.publisherIds, context),
  maintainerIds: ({ row, address }, _args, context) => row?.maintainerIds ?? findMaintainerIds(address, context),
  // Without awaiting if the row has them, so that publishers and maintainers are loaded in one batch.
  maintainers: ({ row, address }, _args, context) =>
    row
      ? findKnownOrganisations(row.maintainerIds, context)
      : findMaintainerIds(address, context).then((ids) => findKnownOrganisations(ids, context)),
  adoptions: (solution, { countries, filter, asOf, ...pageArguments }, { loaders }) => {
    const id = idOf(solution);
    const day = asOf ?? today();
    const selection = { countries: countries ?? null, filter: filter ?? {} };
    return resolvePage<ListedAdoption>(pageArguments, {
      scope: `${id} users`,
      key: adoptionKey,
      find: (page) => loaders.adoptionPage.load({ id, day, arguments: { ...selection, page } }),
      count: async () => (await loaders.adoptionCount.load({ id, day, arguments: selection }))[0]?.count ?? 0,
    });
  },
  adoptionFacets: async (solution, { countries, filter, asOf }, { loaders }) =>
    toFacets(
      adoptionFacets,
      await loaders.adoptionFacets.load({
        id: idOf(solution),
        day: asOf ?? today(),
        arguments: { countries: countries ?? null, filter: filter ?? {} },
      }),
    ),
  reuse: (solution, { asOf, kind }, { loaders }, info) => {
    const key = { id: idOf(solution), day: asOf ?? today() };
    return kind == null && selectsOnly(info, reuseNumbers)
      ? loaders.reuseNumbers.load({ ...key, arguments: null })
      : loaders.reuse.load({ ...key, arguments: kind ?? null });
  },
  unconfirmedReuse: (solution, { asOf }, { loaders }) =>
    loaders.unconfirmedReuse.load({ id: idOf(solution), day: asOf ?? today(), arguments: null }),
  growth: async (solution, { from, to, interval }, { loaders, request }) => {
    const changes = await loaders.useChanges.load(idOf(solution));
    // A point has nothing to load, so the fields of all points are resolved in this turn, too. So is an error, which takes a while to make.
    await nextTurn(request);
    const days = pointsBetween(from, to, interval ?? 'YEAR');
    const [adopters = [], countries = [], dated = []] = (['adopters', 'used', 'dated'] as const).map((figure) =>
      sumUpToDays(
        changes.map((country) => ({ days: country.days, changes: country[figure] })),
        days,
      ),
    );
    return days.map((asOf, index) => ({
      asOf,
      adopters: adopters[index] ?? 0,
      countries: countries[index] ?? 0,
      dated: dated[index] ?? 0,
      observed: (adopters[index] ?? 0) - (dated[index] ?? 0),
      complete: false,
    }));
  },
  terms: async (solution, _args, { loaders }) =>
    (await loaders.termsOfSolution.load(idOf(solution))).map(({ content }) => content),
  mayJoin: async (solution, { for: id }, context) => {
    requireAdministrationId(id);
    const administration = await context.loaders.checkedAdministration.load(id);
    const owner = solution.row?.publishedIn[0];
    return (await loadJoining({ id: idOf(solution), owner }, administration, today(), context)).mayJoin;
  },
  claims: async (solution, { asOf }, { loaders }) => {
    const day = asOf ?? today();
    const claims = await loaders.claimsOfSolution.load({ id: idOf(solution), day, arguments: null });
    return claims.map(({ content }) => content);
  },
  partOf: async (solution, _args, { loaders }) => {
    const whole = await loaders.whole.load(idOf(solution));
    return whole && loaders.solution.load(whole.address);
  },
  partOfId: async (solution, _args, { loaders }) => (await loaders.whole.load(idOf(solution)))?.wholeId ?? null,
  parts: async (solution, _args, context) => loadSolutions(await context.loaders.parts.load(idOf(solution)), context),
  basedOn: async (solution, _args, context) => loadSolutions(await context.loaders.bases.load(idOf(solution)), context),
  derivatives: async (solution, _args, context) =>
    loadSolutions(await context.loaders.derivatives.load(idOf(solution)), context),
};

/** A category is a topic itself; what it leads to over a code is not what the solution is for. */
const isOfSolution = (path: StatedMatch['path'], topic: string, categories: readonly string[]): boolean =>
  path.length === 0 ? categories.includes(topic) : path[0]?.from.scheme !== topicScheme;

/** Each solution once: several addresses may lead to the same one. */
export async function loadSolutions(
  addresses: readonly { readonly address: string }[],
  { loaders }: Context,
): Promise<SolutionParent[]> {
  const found = await Promise.all(addresses.map(({ address }) => loaders.solution.load(address)));
  return [...new Map(found.map((solution) => [idOf(solution), solution])).values()];
}

/** A solution that no catalogue describes may be in a portfolio all the same. */
const findMaintainerIds = async (address: string, { loaders }: Context): Promise<string[]> =>
  (await loaders.maintainers.load(address)).map(({ id }) => id);
