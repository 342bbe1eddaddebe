import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import type { Search } from '../../shared/name-search.js';
import { fuzzyRank, searchSql } from '../../shared/name-search-sql.js';
import { today } from '../../shared/dates.js';
import { createParameters, type Parameters, keysSql } from '../../kit/database/sql-parameters.js';
import {
  filterSql,
  type InhabitantSum,
  inhabitantSumSql,
  isMunicipality,
  nothingUnknown,
  type UnknownCounts,
  unknownSql,
} from '../../shared/organisation-filter.js';
import { countsOn } from '../../shared/validity.js';
import { isCounted } from '../sql-fragments.js';
import type { AdministrationFilter, ConsortiumFilter } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import type { ListedOrganisation, OrganisationOrder } from '../list-keys.js';

/** The organisations of a list, and their order. */
export interface OrganisationSelection {
  readonly type: 'ADMINISTRATION' | 'CONSORTIUM';
  readonly day: string;
  readonly search: Search | null;
  readonly countries: readonly string[] | null;
  readonly filter: AdministrationFilter & ConsortiumFilter;
  readonly order: OrganisationOrder;
}

/** Finds organisations by what the index knows of them; their other fields are resolved by their countries. */
export const createOrganisationRepository = (query: Query) => ({
  findPage: (selection: OrganisationSelection, page: Page) => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, selection.order.field === 'RELEVANCE');
    const order = organisationOrderSql(selection.order);
    const { conditions, orderAndLimit } = pageSql(page, order, parameters);
    return query<ListedOrganisation>(
      `${from.with} SELECT o.id, o.sort_name AS "sortName", ${order.columns[0] ?? ''} AS "orderKey",
        ${from.isFuzzy} AS fuzzy
      FROM ${from.tables} WHERE ${[...from.conditions, ...conditions].join(' AND ')} ${orderAndLimit}`,
      parameters.values,
    );
  },

  count: async (selection: OrganisationSelection): Promise<number> => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, false);
    const [found] = await query<{ count: number }>(
      `${from.with} SELECT count(*)::int AS count FROM ${from.tables} WHERE ${from.conditions.join(' AND ')}`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  /** How many administrations are not in a list, or are in it, only because it is not known whether they belong there. */
  countUnknown: async ({ type, day, search, countries, filter }: OrganisationSelection): Promise<UnknownCounts> => {
    const parameters = createParameters();
    const asOf = `${parameters(day)}::date`;
    const ofType = `o.type = ${parameters(type)}`;
    const condition = countries === null ? ofType : `${ofType} AND o.country = ANY (${parameters(countries)})`;
    const searched = search && searchSql(search, searchTarget(condition), parameters);
    const tables = `organisation o ${searched === null ? '' : 'JOIN matched ON matched.id = o.id'}`;
    const counted = unknownSql(
      filter,
      filtered(asOf, day),
      { tables, conditions: [condition], isPast: day < today() },
      parameters,
    );
    if (counted === null) return nothingUnknown;
    const [found] = await query<UnknownCounts>(
      `${searched === null ? '' : `WITH ${searched}`} ${counted}`,
      parameters.values,
    );
    return found ?? nothingUnknown;
  },

  /** The inhabitants of all organisations of a selection, by the latest figures, of which the index has no days. */
  sumInhabitants: async (selection: OrganisationSelection): Promise<InhabitantSum | null> => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, false);
    const [found] = await query<InhabitantSum>(
      `${from.with} SELECT ${inhabitantSumSql('o.population')}, NULL AS undated, NULL AS oldest, NULL AS newest
      FROM ${from.tables} WHERE ${from.conditions.join(' AND ')}`,
      parameters.values,
    );
    return found ?? null;
  },

  /** Those of these ids that their country knows. */
  findKnown: (ids: readonly string[]) =>
    query<{ readonly id: string }>(`SELECT id FROM organisation WHERE id = ANY (${keysSql})`, [ids]),
});

function organisationOrderSql({ field, direction }: OrganisationOrder): {
  columns: readonly string[];
  descending: boolean;
} {
  if (field === 'NAME') return { columns: ['o.sort_name', 'o.id'], descending: direction === 'DESC' };
  const population = `coalesce(${direction === 'DESC' ? '-' : ''}o.population, 2147483647)`;
  return {
    columns: [field === 'RELEVANCE' ? 'placed.rank' : population, 'o.sort_name', 'o.id'],
    descending: false,
  };
}

/** In each round of results at most this many of one country, as in searches for solutions; the last round has all that are left. */
const maxCountryResults = 10;
const maxRounds = 1_000;
/** More than any rank of a match. */
const rankSteps = 10;

const searchTarget = (condition: string) => ({
  from: 'organisation o',
  condition,
  hasCode: (code: string) => `o.codes @> ARRAY[${code}::text]`,
  isFirst: isMunicipality,
  words: 'organisation_word',
});

/** @param asOf SQL of the day. */
const filtered = (asOf: string, day: string) => ({
  population: 'o.population',
  isInDissolution: `o.status = 'IN_DISSOLUTION'`,
  country: () => 'o.country',
  day: asOf,
  uses: (address: string) =>
    usesSql(
      asOf,
      `a.solution_id = coalesce((SELECT solution_id FROM solution_address WHERE address = ${address}), ${address})`,
    ),
  // The index has a column for its own day.
  usesAny: () =>
    day === today() ? 'o.uses_any' : `o.id IN (SELECT u.user_id FROM organisation_use u WHERE u.used @> ${asOf})`,
  usesFrom: (consortium: string) =>
    usesSql(asOf, `a.solution_id IN (SELECT solution_id FROM portfolio_entry WHERE consortium_id = ${consortium})`),
});

/**
 * Condition: an organisation `o` uses a solution that meets a condition. As a set of users, which PostgreSQL computes once also where
 * the condition is part of an expression.
 */
const usesSql = (day: string, condition: string): string => `o.id IN (
  SELECT a.user_id FROM adoption a WHERE ${isCounted('a')} AND ${countsOn('a', day)} AND ${condition})`;

/** @param isRanked whether results are ordered by how well they match, and by the shares of countries. */
function selectionSql(
  { type, day, search, countries, filter }: OrganisationSelection,
  parameter: Parameters,
  isRanked: boolean,
): {
  readonly with: string;
  readonly tables: string;
  readonly conditions: readonly string[];
  /** SQL: whether a row matches only with a typing error; null without a search. */
  readonly isFuzzy: string;
} {
  const asOf = `${parameter(day)}::date`;
  const existing = `o.type = ${parameter(type)} AND exists_on(o.start_date, o.end_date, o.ended, ${asOf})`;
  const condition = countries === null ? existing : `${existing} AND o.country = ANY (${parameter(countries)})`;
  const conditions = [condition, ...filterSql(filter, filtered(asOf, day), parameter)];
  if (search === null) return { with: '', tables: 'organisation o', conditions, isFuzzy: 'NULL::boolean' };
  const matched = `WITH ${searchSql(search, searchTarget(condition), parameter)}`;
  if (!isRanked) {
    const isFuzzy = `matched.rank = ${fuzzyRank}`;
    return { with: matched, tables: 'organisation o JOIN matched ON matched.id = o.id', conditions, isFuzzy };
  }
  const round = `(row_number() OVER (PARTITION BY o.country ORDER BY matched.rank, o.id) - 1) / ${maxCountryResults}`;
  return {
    with: `${matched}, placed AS MATERIALIZED (
      SELECT o.id, (matched.rank + ${rankSteps} * least(${maxRounds}, ${round}))::int AS rank
      FROM organisation o JOIN matched ON matched.id = o.id WHERE ${conditions.join(' AND ')}
    )`,
    tables: 'organisation o JOIN placed ON placed.id = o.id',
    conditions: ['true'],
    isFuzzy: `placed.rank % ${rankSteps} = ${fuzzyRank}`,
  };
}
