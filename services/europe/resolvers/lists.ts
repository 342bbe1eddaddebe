import { today } from '../../shared/dates.js';
import { InputError } from '../../kit/graphql/errors.js';
import { parseSearch } from '../../shared/name-search.js';
import { encodeCursor, type PageArguments, parsePage, toConnection } from '../../kit/graphql/pagination.js';
import type { Context } from '../context.js';
import type { AdministrationFilter, QueryResolvers } from '../generated/resolver-types.js';
import { keyOf, keyTypes, type OrganisationOrder, type OrganisationSelection } from '../repositories/organisations.js';
import type { StubPage } from '../rows.js';
import { catalogueStubs, requireValidId, stubForId } from '../stubs.js';

/** Fields that find bodies of all countries. What is shown of them the countries say. */
export const lists: Required<
  Pick<QueryResolvers, 'administrations' | 'consortia' | 'catalogueStatus' | 'reuseMatrix'>
> = {
  administrations: (_root, { search, filter, countries, orderBy, ...page }, context) =>
    findOrganisations(context, 'ADMINISTRATION', page, {
      search,
      countries,
      filter: filter ?? {},
      order: orderOf(search, orderBy?.field, orderBy?.direction),
    }),
  consortia: (_root, { search, countries, ...page }, context) =>
    findOrganisations(context, 'CONSORTIUM', page, {
      search,
      countries,
      filter: {},
      order: orderOf(search, null, null),
    }),
  catalogueStatus: (_root, _args, { repositories }) => repositories.status.find(),
  reuseMatrix: (_root, { asOf }, { repositories }) => repositories.solutions.findMatrix(asOf ?? today()),
};

function orderOf(
  search: string | null | undefined,
  field: OrganisationOrder['field'] | null | undefined,
  direction: 'ASC' | 'DESC' | null | undefined,
): OrganisationOrder {
  const by = field ?? (parseSearch(search) ? 'RELEVANCE' : 'NAME');
  return { field: by, direction: direction ?? (by === 'POPULATION' ? 'DESC' : 'ASC') };
}

interface OrganisationQuery {
  readonly search: string | null | undefined;
  readonly countries: readonly string[] | null | undefined;
  readonly filter: AdministrationFilter;
  readonly order: OrganisationOrder;
}

async function findOrganisations(
  { repositories: { organisations } }: Context,
  type: OrganisationSelection['type'],
  pageArguments: PageArguments,
  { search, countries, filter, order }: OrganisationQuery,
): Promise<StubPage> {
  // Refuses a country without a catalogue.
  if (countries) catalogueStubs(countries);
  requireValidId(filter.memberOf);
  const selection: OrganisationSelection = {
    type,
    day: today(),
    search: parseSearch(search),
    countries: countries ?? null,
    filter,
    order,
  };
  if (order.field === 'RELEVANCE' && selection.search === null) {
    throw new InputError('INVALID_ARGUMENT', 'RELEVANCE needs a `search`.');
  }
  const scope = `${type} ${order.field} ${order.direction}`;
  const page = parsePage(pageArguments, scope, keyTypes(order));
  const found = toConnection(
    await organisations.findPage(selection, page),
    page,
    (row) => encodeCursor(scope, keyOf(order, row)),
    () => organisations.count(selection),
  );
  return {
    ...found,
    edges: found.edges.flatMap(({ node, cursor }) => {
      const stub = stubForId(node.id);
      return stub ? [{ node: stub, cursor }] : [];
    }),
  };
}
