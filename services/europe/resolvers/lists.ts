import { today } from '../../shared/dates.js';
import { withFuzzyEdges } from '../../shared/fuzzy-edges.js';
import { once } from '../../kit/once.js';
import { InputError } from '../../kit/graphql/errors.js';
import { requireSolutionAddress } from '../../shared/solution-address.js';
import { parseSearch } from '../../shared/name-search.js';
import {
  connectionResolvers,
  type PageArguments,
  resolvePage,
  selectsRows,
  toStoredConnection,
} from '../../kit/graphql/pagination.js';
import type { Context } from '../context.js';
import type {
  AdministrationFilter,
  AdministrationOrder,
  ConsortiumFilter,
  QueryResolvers,
  ResolversOf,
} from '../generated/resolver-types.js';
import { anyAdoptionKey, organisationKey, type OrganisationOrder } from '../list-keys.js';
import type { OrganisationSelection } from '../repositories/organisations.js';
import type { StoredAdoption } from '../repositories/adoptions.js';
import type { AdministrationPage } from '../rows.js';
import { adoptionReader } from './records.js';
import { catalogueStubs, requireValidId, stubForId } from '../stubs.js';

/** The most rows of a page of a list that is made to be exported: an export of millions of rows has a thousand requests less. */
const maxExportPage = 1_000;

/** Fields that list what all countries have. The index finds organisations and gives stubs; the countries give their fields. */
export const lists: Required<
  Pick<
    QueryResolvers,
    'administrations' | 'adoptions' | 'consortia' | 'catalogueStatus' | 'reuseMatrix' | 'reuseChanges'
  >
> = {
  administrations: (_root, { search, filter, countries, asOf, orderBy, ...pageArguments }, context) =>
    listOrganisations(context, 'ADMINISTRATION', { search, filter, countries, asOf, orderBy }, pageArguments),
  consortia: (_root, { search, filter, countries, ...pageArguments }, context) =>
    listOrganisations(context, 'CONSORTIUM', { search, filter, countries }, pageArguments),
  adoptions: async (_root, { countries, filter, asOf, ...pageArguments }, { repositories: { adoptions } }, info) => {
    const day = asOf ?? today();
    const selection = { countries: countries ?? null, filter: filter ?? {} };
    const find = selectsRows(info) ? adoptions.findPage : adoptions.findPageEnds;
    const page = await resolvePage<StoredAdoption>(pageArguments, {
      scope: 'adoptions',
      key: anyAdoptionKey,
      maxSize: maxExportPage,
      find: (page) => find(day, page, selection),
      count: () => adoptions.countAll(day, selection),
    });
    return toStoredConnection(page, adoptionReader);
  },
  catalogueStatus: (_root, _args, { repositories }) => repositories.status.find(),
  reuseMatrix: (_root, { asOf }, { repositories }) => repositories.reuse.findMatrix(asOf ?? today()),
  reuseChanges: (_root, { from, to }, { repositories }) => {
    const end = to ?? today();
    if (end >= from) return repositories.reuse.findChanges(from, end);
    throw new InputError('INVALID_ARGUMENT', `\`to\` is ${end}; it must not be before \`from\`, which is ${from}.`);
  },
};

interface OrganisationArguments {
  readonly search?: string | null | undefined;
  readonly filter?: (AdministrationFilter & ConsortiumFilter) | null | undefined;
  readonly countries?: readonly string[] | null | undefined;
  readonly asOf?: string | null | undefined;
  readonly orderBy?: AdministrationOrder | null | undefined;
}

async function listOrganisations(
  { repositories: { organisations } }: Context,
  type: OrganisationSelection['type'],
  args: OrganisationArguments,
  pageArguments: PageArguments,
): Promise<AdministrationPage> {
  // Rejects a country without a catalogue.
  if (args.countries) catalogueStubs(args.countries);
  requireValidId(args.filter?.memberOf);
  requireValidId(args.filter?.usesFrom);
  const search = parseSearch(args.search);
  const order = orderOf(search !== null, args.orderBy);
  const day = args.asOf ?? today();
  if (args.filter?.population != null || order.field === 'POPULATION') {
    requireToday(day, 'the list cannot be filtered or ordered by population');
  }
  const selection: OrganisationSelection = {
    type,
    day,
    search,
    countries: args.countries ?? null,
    filter: { ...args.filter, uses: args.filter?.uses == null ? null : requireSolutionAddress(args.filter.uses) },
    order,
  };
  const found = await resolvePage(pageArguments, {
    scope: `${type} ${order.field} ${order.direction}`,
    key: organisationKey(order),
    find: (requested) => organisations.findPage(selection, requested),
    count: () => organisations.count(selection),
  });
  const page = withFuzzyEdges(found);
  return {
    ...page,
    countUnknown: once(() => organisations.countUnknown(selection)),
    sumInhabitants: () => {
      requireToday(day, 'inhabitants cannot be counted');
      return organisations.sumInhabitants(selection);
    },
    edges: page.edges.flatMap(({ node, cursor, fuzzy }) => {
      const stub = stubForId(node.id);
      return stub ? [{ node: stub, cursor, fuzzy }] : [];
    }),
  };
}

function requireToday(day: string, restriction: string): void {
  if (day === today()) return;
  throw new InputError(
    'INVALID_ARGUMENT',
    `With \`asOf\` on another day than today, ${restriction}: the index has only the latest figures. Use \`catalogues { administrations }\`, which has those of each day.`,
  );
}

export const administrationConnectionResolvers: ResolversOf<'AdministrationConnection'> = {
  ...connectionResolvers,
  unknown: async ({ countUnknown }) => (await countUnknown()).unknown,
  uncertain: async ({ countUnknown }) => (await countUnknown()).uncertain,
  inhabitants: ({ sumInhabitants }) => sumInhabitants(),
};

function orderOf(isSearch: boolean, orderBy: AdministrationOrder | null | undefined): OrganisationOrder {
  const field = orderBy?.field ?? (isSearch ? 'RELEVANCE' : 'NAME');
  if (field === 'RELEVANCE' && !isSearch) {
    throw new InputError('INVALID_ARGUMENT', 'RELEVANCE needs a `search`.');
  }
  return { field, direction: orderBy?.direction ?? (field === 'POPULATION' ? 'DESC' : 'ASC') };
}
