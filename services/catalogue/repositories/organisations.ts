import type { Database } from '../../kit/database/database.js';
import { type Day, today } from '../../shared/dates.js';
import type { Search } from '../../shared/name-search.js';
import { fuzzyRank, searchSql } from '../../shared/name-search-sql.js';
import { countsOn } from '../../shared/validity.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import {
  type FilteredOrganisation,
  filterSql,
  type InhabitantSum,
  inhabitantSumSql,
  isMunicipality,
  nothingUnknown,
  type OrganisationFilterValues,
  type UnknownCounts,
  unknownSql,
} from '../../shared/organisation-filter.js';
import type { Code } from '../model/identifiers.js';
import type { ListedOrganisation, OrganisationOrder } from '../model/list-keys.js';
import { type RowWidth, selectOrganisation } from '../model/row-widths.js';
import type { OrganisationParent, OrganisationRow } from '../model/rows.js';
import { figureSql } from './population.js';

/** Which organisations of a type a list has. */
export interface OrganisationSelection {
  readonly type: OrganisationRow['type'];
  readonly day: Day;
  readonly search: Search | null;
  readonly filter: OrganisationFilterValues;
  readonly order: OrganisationOrder;
}

/** Reads organisations. `country` is the whole country's NUTS code: the area of organisations without a recorded region. */
export function createOrganisationRepository({ query }: Pick<Database, 'query'>, country: string, width: RowWidth) {
  const row = selectOrganisation[width];
  return {
    findByIds: (ids: readonly string[]) =>
      query<OrganisationParent>(`SELECT ${row} FROM organisation listed WHERE id = ANY (${keysSql})`, [ids]),

    /** The administrations that hold these codes on a day; without a day those that hold them today, else held them last. */
    findByCodes: (codes: readonly (Code & { readonly asOf: Day | null })[]) =>
      query<OrganisationParent & Code & { readonly asOf: Day | null }>(
        `SELECT DISTINCT ON (requested.scheme, requested.notation, requested.day) ${row}, requested.scheme, requested.notation, requested.day AS "asOf"
      FROM unnest(${keysSql}, ${keyArray('$2')}, ${keyArray('$3', 'date')}) AS requested (scheme, notation, day)
      JOIN identifier ON identifier.notation = requested.notation AND identifier.scheme = requested.scheme
        AND (requested.day IS NULL OR exists_on(identifier.start_date, identifier.end_date, identifier.ended, requested.day))
      JOIN organisation listed ON listed.id = identifier.organisation_id AND listed.type = 'ADMINISTRATION'
        AND (requested.day IS NULL OR exists_on(listed.start_date, listed.end_date, listed.ended, requested.day))
      ORDER BY requested.scheme, requested.notation, requested.day,
        exists_on(identifier.start_date, identifier.end_date, identifier.ended, $4)
          AND exists_on(listed.start_date, listed.end_date, listed.ended, $4) DESC,
        least(identifier.end_date, listed.end_date) DESC NULLS FIRST, listed.id`,
        [codes.map((code) => code.scheme), codes.map((code) => code.notation), codes.map((code) => code.asOf), today()],
      ),

    /** One more row than the page has, if there is one. */
    findPage: (selection: OrganisationSelection, page: Page) => {
      const parameters = createParameters();
      const selected = selectionSql(selection, country, parameters);
      const { conditions, orderAndLimit } = pageSql(page, keyOrder(selection.order), parameters);
      return query<ListedOrganisation>(
        `${selected} SELECT ${row}, order_key AS "orderKey", is_fuzzy AS fuzzy FROM listed
      ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ${orderAndLimit}`,
        parameters.values,
      );
    },

    count: async (selection: OrganisationSelection) => {
      const parameters = createParameters();
      const selected = selectionSql(selection, country, parameters);
      const [found] = await query<{ count: number }>(
        `${selected} SELECT count(*)::int AS count FROM listed`,
        parameters.values,
      );
      return found?.count ?? 0;
    },

    /** How many administrations are not in a list, or are in it, only because it is not known whether they belong there. */
    countUnknown: async ({ type, day, search, filter }: OrganisationSelection): Promise<UnknownCounts> => {
      const parameters = createParameters();
      const asOf = `${parameters(day)}::date`;
      const isOfType = `o.type = ${parameters(type)}`;
      const searched =
        search &&
        searchSql(
          search,
          { from: 'organisation o', condition: isOfType, hasCode, isFirst: isMunicipality },
          parameters,
        );
      const tables = `organisation o ${searched === null ? '' : 'JOIN matched ON matched.id = o.id'}
      ${filter.population == null ? '' : populationSql(asOf)}`;
      const counted = unknownSql(
        filter,
        filtered(asOf, country, parameters),
        { tables, conditions: [isOfType], isPast: day < today() },
        parameters,
      );
      if (counted === null) return nothingUnknown;
      const [found] = await query<UnknownCounts>(
        `${searched === null ? '' : `WITH ${searched}`} ${counted}`,
        parameters.values,
      );
      return found ?? nothingUnknown;
    },

    /** The inhabitants of all organisations of a selection, as far as they are known. */
    sumInhabitants: async (selection: OrganisationSelection): Promise<InhabitantSum | null> => {
      const parameters = createParameters();
      const selected = selectionSql(selection, country, parameters);
      const [found] = await query<InhabitantSum>(
        `${selected} SELECT ${inhabitantSumSql('figure.count')},
        (count(*) FILTER (WHERE figure.on_date = '-infinity'))::int AS undated,
        min(figure.on_date) FILTER (WHERE figure.on_date > '-infinity') AS oldest,
        nullif(max(figure.on_date), '-infinity') AS newest
      FROM listed LEFT JOIN LATERAL (${figureSql('listed.id', `${parameters(selection.day)}::date`)}) figure ON true`,
        parameters.values,
      );
      return found ?? null;
    },

    /** The predecessors or successors of each of these, with the id of each as `parentId`. */
    findSuccession: (ids: readonly string[], towards: 'predecessors' | 'successors') => {
      const [parentColumn, column] =
        towards === 'predecessors' ? ['successor_id', 'predecessor_id'] : ['predecessor_id', 'successor_id'];
      return query<OrganisationParent & { readonly parentId: string }>(
        `SELECT ${row}, succession.${parentColumn} AS "parentId"
      FROM succession JOIN organisation listed ON listed.id = succession.${column}
      WHERE succession.${parentColumn} = ANY (${keysSql}) ORDER BY listed.sort_name, listed.id`,
        [ids],
      );
    },
  };
}

// Only an order by name runs backwards as a whole. The other keys are such that smaller is always first.
const keyOrder = ({ field, direction }: OrganisationOrder) =>
  field === 'NAME'
    ? { columns: ['sort_name', 'id'], descending: direction === 'DESC' }
    : { columns: ['order_key', 'sort_name', 'id'], descending: false };

/** `WITH … listed AS (…)`: the rows of a selection, each with its `order_key`. */
function selectionSql(
  { type, day, search, filter, order }: OrganisationSelection,
  country: string,
  parameter: Parameters,
): string {
  const asOf = `${parameter(day)}::date`;
  const needsPopulation = order.field === 'POPULATION' || filter.population != null;
  const existing = `o.type = ${parameter(type)} AND exists_on(o.start_date, o.end_date, o.ended, ${asOf})`;
  const conditions = [existing, ...filterSql(filter, filtered(asOf, country, parameter), parameter)];
  const searched = { from: 'organisation o', condition: existing, hasCode, isFirst: isMunicipality };
  return `
    WITH ${search === null ? '' : `${searchSql(search, searched, parameter)},`}
    listed AS (
      SELECT o.*, ${orderKeySql(order)} AS order_key,
        ${search === null ? 'NULL::boolean' : `matched.rank = ${fuzzyRank}`} AS is_fuzzy
      FROM organisation o
      ${search === null ? '' : 'JOIN matched ON matched.id = o.id'}
      ${needsPopulation ? populationSql(asOf) : ''}
      WHERE ${conditions.join(' AND ')}
    )`;
}

/** What a filter is about: see `populationSql`. */
const filtered = (day: string, country: string, parameter: Parameters): FilteredOrganisation => ({
  population: 'inhabitants.count',
  isInDissolution: `o.status = 'IN_DISSOLUTION' AND (o.status_provenance ->> 'observedOn')::date <= ${day}`,
  country: () => parameter(country),
  day,
  uses: (address) => usesSql(`SELECT ${address}::text`, day),
  usesAny: () => usesSql(null, day),
  usesFrom: (consortium) => usesSql(`SELECT address FROM portfolio_entry WHERE consortium_id = ${consortium}`, day),
});

/**
 * Condition: an organisation `o` uses a solution at one of these addresses, or at another one that its record names.
 *
 * @param addresses a SELECT of them; null for any solution.
 */
const usesSql = (addresses: string | null, day: string): string => `o.id IN (
  SELECT a.administration_id FROM counted_adoption a
  WHERE a.administration_id IS NOT NULL AND a.status NOT IN ('AGREEMENT', 'OTHER') AND ${countsOn('a', day)}
    ${addresses === null ? '' : `AND a.address = ANY (ARRAY (${withAliases(addresses)}))`})`;

/** A SELECT of addresses, with the others that a record names beside one of them. */
const withAliases = (addresses: string): string => `
  WITH wanted (address) AS (${addresses}) SELECT address FROM wanted
  UNION SELECT r.address FROM catalogue_record r JOIN wanted ON wanted.address = ANY (r.aliases)
  UNION SELECT unnest(r.aliases) FROM catalogue_record r JOIN wanted ON wanted.address = r.address OR wanted.address = ANY (r.aliases)`;

/** Codes are kept in the case of their scheme. */
const hasCode = (code: string): string =>
  `o.id IN (SELECT organisation_id FROM identifier WHERE notation IN (${code}, upper(${code})))`;

const populationSql = (asOf: string): string => `LEFT JOIN LATERAL (${figureSql('o.id', asOf)}) inhabitants ON true`;

const largestInteger = '2147483647';

function orderKeySql({ field, direction }: OrganisationOrder): string {
  if (field === 'RELEVANCE') return 'matched.rank';
  if (field === 'POPULATION') return `coalesce(${direction === 'DESC' ? '-' : ''}inhabitants.count, ${largestInteger})`;
  return '0';
}
