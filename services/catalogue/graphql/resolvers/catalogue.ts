import { today } from '../../../shared/dates.js';
import { withFuzzyEdges } from '../../../shared/fuzzy-edges.js';
import { once } from '../../../kit/once.js';
import { InputError } from '../../../kit/graphql/errors.js';
import { requireSolutionAddress } from '../../../shared/solution-address.js';
import { parseSearch, type Search } from '../../../shared/name-search.js';
import { connectionResolvers, type PageArguments, resolvePage } from '../../../kit/graphql/pagination.js';
import { type Context, renewLoaders } from '../context.js';
import type { AdministrationOrder, InputMaybe, ResolversOf } from '../../generated/resolver-types.js';
import { parseCode } from '../../model/identifiers.js';
import { chooseText } from '../../model/names.js';
import { organisationKey, type OrganisationOrder, rankedRecordKey, successionKey } from '../../model/list-keys.js';
import type { OrganisationSelection } from '../../repositories/organisations.js';
import type { AdministrationPage, OrganisationPage } from '../../model/rows.js';
import { requireValidId, requireValidNuts } from './arguments.js';
import { catalogueCodeResolvers } from './code.js';
import { catalogueNeedResolvers } from './need.js';
import { resolveFeedPage } from '../../../kit/graphql/feed.js';
import { termsLists } from './terms.js';

export const catalogueResolvers: ResolversOf<'NationalCatalogue'> = {
  ...termsLists,
  country: (_catalogue, _args, { catalogue }) => catalogue.country.code,
  title: ({ id }, { language }, { catalogue }) => chooseText(catalogue, catalogue.titles, [], language)?.text ?? id,
  titleLanguage: (_catalogue, { language }, { catalogue }) =>
    chooseText(catalogue, catalogue.titles, [], language)?.language ?? null,
  languages: (_catalogue, _args, { catalogue }) => catalogue.languages,
  identifierSchemes: (_catalogue, _args, { catalogue }) => catalogue.schemes,
  completeSince: async (_catalogue, _args, { catalogue, repositories }) => {
    const rows = await repositories.facts.findCompleteness();
    return rows.map((row) => ({ ...row, nuts: row.nuts === catalogue.code ? null : row.nuts }));
  },
  administrationCount: (_catalogue, { kind, nuts, asOf }, { catalogue, repositories }) =>
    repositories.coverage.countAdministrations(kind, requireValidNuts(nuts) ?? catalogue.code, asOf ?? today()),
  administrations: (_catalogue, { search, filter, asOf, orderBy, ...page }, context) => {
    const searched = parseSearch(search);
    if (filter?.memberOf != null) requireValidId(filter.memberOf);
    if (filter?.usesFrom != null) requireValidId(filter.usesFrom);
    requireValidNuts(filter?.nuts);
    const uses = filter?.uses == null ? null : requireSolutionAddress(filter.uses);
    const order = parseOrder(orderBy, searched);
    return resolveAdministrations(
      { type: 'ADMINISTRATION', day: asOf ?? today(), search: searched, filter: { ...filter, uses }, order },
      page,
      context,
    );
  },
  consortia: (_catalogue, { search, asOf, filter, ...page }, context) => {
    const searched = parseSearch(search);
    const order = parseOrder(null, searched);
    return resolveOrganisations(
      { type: 'CONSORTIUM', day: asOf ?? today(), search: searched, filter: filter ?? {}, order },
      page,
      context,
    );
  },
  organisation: async (_catalogue, { id }, { loaders }) => loaders.organisation.load(requireValidId(id)),
  administration: (_catalogue, { identifier, asOf }, { catalogue, loaders }) =>
    loaders.administrationByCode.load({ ...parseCode(catalogue, identifier), asOf: asOf ?? null }),
  records: async (
    _catalogue,
    { search, isPart = null, ...pageArguments },
    { catalogue, repositories: { solutions } },
  ) => {
    const searched = parseSearch(search);
    const selection = { search: searched, isPart };
    return resolvePage(pageArguments, {
      scope: `${catalogue.code} records ${searched?.words ?? ''}`,
      key: rankedRecordKey,
      find: (page) => solutions.findRecords(selection, page),
      count: () => solutions.countRecords(selection),
    });
  },
  record: (_catalogue, { id }, { loaders }) => loaders.record.load(id),
  membership: (_catalogue, { id }, { loaders }) => loaders.membership.load(id),
  successions: (_catalogue, { from, to, kind, ...pageArguments }, { catalogue, repositories: { successions } }) => {
    const selection = { from: from ?? null, to: to ?? null, kind: kind ?? null };
    return resolvePage(pageArguments, {
      scope: `${catalogue.code} successions`,
      key: successionKey,
      find: (page) => successions.findPage(selection, page),
      count: () => successions.count(selection),
    });
  },
  ...catalogueCodeResolvers,
  ...catalogueNeedResolvers,
  changes: async (_catalogue, { after, first }, context) => {
    // A client that follows the feed must not read a state older than the feed.
    context.request.allowReplicaReads = false;
    const page = await resolveFeedPage(
      { after, first },
      { scope: `${context.catalogue.code} changes`, findAfter: context.repositories.changes.findAfter },
    );
    renewLoaders(context);
    return page;
  },
};

export const successionResolvers: ResolversOf<'Succession'> = {
  predecessor: ({ predecessorId }, _args, { loaders }) => loaders.organisation.load(predecessorId),
  successor: ({ successorId }, _args, { loaders }) => loaders.organisation.load(successorId),
};

function parseOrder(orderBy: InputMaybe<AdministrationOrder> | undefined, search: Search | null): OrganisationOrder {
  if (orderBy == null) return { field: search === null ? 'NAME' : 'RELEVANCE', direction: 'ASC' };
  if (orderBy.field === 'RELEVANCE' && search === null) {
    throw new InputError(
      'INVALID_ARGUMENT',
      'Order by RELEVANCE needs `search`; without it, order by NAME or POPULATION.',
    );
  }
  return { field: orderBy.field, direction: orderBy.direction ?? (orderBy.field === 'POPULATION' ? 'DESC' : 'ASC') };
}

async function resolveAdministrations(
  selection: OrganisationSelection,
  pageArguments: PageArguments,
  context: Context,
): Promise<AdministrationPage> {
  const page = await resolveOrganisations(selection, pageArguments, context);
  const { organisations } = context.repositories;
  return {
    ...page,
    countUnknown: once(() => organisations.countUnknown(selection)),
    sumInhabitants: () => organisations.sumInhabitants(selection),
  };
}

export const administrationConnectionResolvers: ResolversOf<'AdministrationConnection'> = {
  ...connectionResolvers,
  unknown: async ({ countUnknown }) => (await countUnknown()).unknown,
  uncertain: async ({ countUnknown }) => (await countUnknown()).uncertain,
  inhabitants: ({ sumInhabitants }) => sumInhabitants(),
};

async function resolveOrganisations(
  selection: OrganisationSelection,
  pageArguments: PageArguments,
  { catalogue, repositories }: Context,
): Promise<OrganisationPage> {
  const { type, order, search } = selection;
  // A rank means something only beside the search that gave it.
  const ranked = order.field === 'RELEVANCE' ? ` ${search?.words ?? ''}` : '';
  const page = await resolvePage(pageArguments, {
    scope: `${catalogue.code} ${type} ${order.field} ${order.direction}${ranked}`,
    key: organisationKey(order),
    find: (page) => repositories.organisations.findPage(selection, page),
    count: () => repositories.organisations.count(selection),
  });
  return withFuzzyEdges(page);
}
