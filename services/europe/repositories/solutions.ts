import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { SolutionFilter } from '../generated/resolver-types.js';
import { type FacetRow, toFacets } from '../facets.js';
import type { Query } from '../index-database.js';
import type { ListedSolution, SolutionListOrder } from '../list-keys.js';
import type { ClaimContent, Facet, RecordRow, SolutionRow } from '../rows.js';
import type { ParsedSearch } from '../search/parse-search.js';
import { isInPortfolio, precedence, wholeOf } from '../sql-fragments.js';
import { solutionFacets } from '../solution-facets.js';
import { allFacetsSql, facetsSql, matchesFacetsSql } from './facets.js';
import { facetOf, filterSql, hasUndecided, takeFacetConditions, undecidedSql } from './solution-filter.js';
import { countMatches, findMatches, foundSql, type Matches, restrict, restrictByFacets } from './matches.js';
import { everyMatchSql, isFoundSql, rankedSql } from './solution-search.js';

/** The solutions of a list, and their order. */
export interface SolutionSelection {
  readonly day: string;
  readonly search: ParsedSearch | null;
  readonly filter: SolutionFilter;
  readonly order: SolutionListOrder;
}

export const solutionColumns = `s.id, s.address, s.kind, s.licence_family AS "licenceFamily", s.development_status AS "developmentStatus",
  s.software_type AS "softwareType", s.categories, s.release_date AS "releaseDate", s.published_in AS "publishedIn",
  s.publisher_ids AS "publisherIds", s.maintainer_ids AS "maintainerIds", s.sort_name AS "sortName"`;

/** Reads solutions, and what belongs to them. */
export const createSolutionRepository = (query: Query) => ({
  /** One more row than the page has, if there is one. */
  findPage: async (selection: SolutionSelection, page: Page) => {
    const matches = await matchesOf(query, selection);
    const parameters = createParameters();
    const from = pageSourceSql(selection, matches, page, parameters);
    const { conditions, orderAndLimit } = pageSql(page, solutionOrderSql(selection.order), parameters);
    return query<ListedSolution>(
      // The content is read for the rows of the page only, which a join would not guarantee.
      `${from.with} SELECT ${solutionColumns}, (SELECT d.content FROM solution_content d WHERE d.solution_id = s.id) AS content,
        ${solutionOrderSql(selection.order).columns[0] ?? ''} AS "orderKey"
      FROM ${from.tables}
      WHERE ${['true', ...from.conditions, ...conditions].join(' AND ')} ${orderAndLimit}`,
      parameters.values,
    );
  },

  count: async (selection: SolutionSelection): Promise<number> => {
    const matches = await matchesOf(query, selection);
    if (matches) return countMatches(matches);
    const parameters = createParameters();
    const facet = facetOf(selection.filter);
    if (facet !== null) {
      const [counted] = await query<{ count: number }>(
        `SELECT count FROM solution_facet WHERE field = $1 AND value = $2`,
        [facet.field, facet.value],
      );
      return counted?.count ?? 0;
    }
    const conditions = filterSql(selection.filter, selection.day, parameters);
    const [found] = await query<{ count: number }>(
      conditions.length === 0
        ? // Each solution has one kind.
          `SELECT coalesce(sum(count), 0)::int AS count FROM solution_facet WHERE field = 'kind'`
        : `SELECT count(*)::int AS count FROM solution s WHERE ${conditions.join(' AND ')}`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  /** How many solutions are not in a list only because what a filter concerns is not known of them. */
  countUnknown: async ({ day, search, filter }: SolutionSelection): Promise<number> => {
    if (!hasUndecided(filter)) return 0;
    const parameters = createParameters();
    const undecided = undecidedSql(filter, day, parameters);
    const matched = search && everyMatchSql(await findMatches(query, search), parameters);
    const [found] = await query<{ count: number }>(
      `${matched === null ? '' : `WITH ${matched}`} SELECT count(*)::int AS count
      FROM solution s ${matched === null ? '' : 'JOIN matched ON matched.id = s.id'} WHERE ${undecided}`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  countFacets: async (selection: SolutionSelection): Promise<Facet[]> => {
    const matches = await matchesOf(query, selection);
    const parameters = createParameters();
    const toText = (): string => {
      if (matches) return matchesFacetsSql(foundSql(matches, parameters), parameters(matches.unsettled));
      const conditions = filterSql(selection.filter, selection.day, parameters);
      return conditions.length === 0
        ? allFacetsSql
        : facetsSql(`SELECT * FROM solution s WHERE ${conditions.join(' AND ')}`);
    };
    const text = toText();
    return toFacets(solutionFacets, await query<FacetRow>(text, parameters.values));
  },

  /** The solution at each address; none where no catalogue describes one. */
  findByAddresses: (addresses: readonly string[]) =>
    query<SolutionRow & { readonly requestedAddress: string }>(
      `SELECT ${solutionColumns}, d.content, a.address AS "requestedAddress"
      FROM solution_address a JOIN solution s ON s.id = a.solution_id JOIN solution_content d ON d.solution_id = s.id
      WHERE a.address = ANY (${keysSql})`,
      [addresses],
    ),

  /** Those of these addresses that an adoption, a portfolio entry or another solution names. */
  findNamed: (addresses: readonly string[]) => {
    const named = (table: string): string => `SELECT address FROM ${table} WHERE address = ANY (${keysSql})`;
    return query<{ readonly address: string }>(
      ['adoption', 'portfolio_entry', 'solution_basis'].map(named).join(' UNION '),
      [addresses],
    );
  },

  /** The records of each solution, in their order of precedence. */
  findRecords: (ids: readonly string[]) =>
    query<{
      readonly parentId: string;
      readonly content: Omit<RecordRow, 'catalogueLanguages'>;
      readonly languages: string[];
    }>(
      `SELECT r.solution_id AS "parentId", r.content, c.languages
      FROM catalogue_record r JOIN catalogue c USING (country), index_state WHERE r.solution_id = ANY (${keysSql})
      ORDER BY r.solution_id, ${precedence('r', 'index_state.day')}`,
      [ids],
    ),

  /** Records by their own ids. */
  findRecordsByIds: (ids: readonly string[]) =>
    query<{
      readonly id: string;
      readonly content: Omit<RecordRow, 'catalogueLanguages'>;
      readonly languages: string[];
    }>(
      `SELECT r.id, r.content, c.languages FROM catalogue_record r JOIN catalogue c USING (country) WHERE r.id = ANY (${keysSql})`,
      [ids],
    ),

  /** The claims about the solution at each address in a country's catalogue, the latest first. */
  findClaims: (keys: readonly { readonly address: string; readonly country: string }[]) =>
    query<{ readonly address: string; readonly country: string; readonly content: ClaimContent }>(
      `SELECT c.address, c.country, c.content FROM unnest(${keysSql}, ${keyArray('$2')}) AS requested (address, country)
      JOIN claim c ON c.address = requested.address AND c.country = requested.country
      ORDER BY c.stated_on DESC NULLS LAST, c.id`,
      [keys.map(({ address }) => address), keys.map(({ country }) => country)],
    ),

  /** The claims about each solution up to a day, at whichever of its addresses and in whichever catalogue, the latest first. */
  findClaimsOfSolutions: ({ ids, days }: ParentBatch) =>
    query<{ readonly parentId: string; readonly parentDay: string; readonly content: ClaimContent }>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", c.content
      FROM unnest(${keysSql}, ${keyArray('$2', 'date')}) AS requested (id, day) CROSS JOIN LATERAL (
        SELECT requested.id AS address UNION SELECT a.address FROM solution_address a WHERE a.solution_id = requested.id
      ) known JOIN claim c ON c.address = known.address
        AND coalesce((c.content ->> 'publishedOn')::date, c.stated_on, requested.day) <= requested.day
      ORDER BY c.stated_on DESC NULLS LAST, c.id`,
      [ids, days],
    ),

  /** The consortia that have each solution, described or not, in a portfolio on a day. */
  findMaintainers: (ids: readonly string[], day: string) =>
    query<{ readonly parentId: string; readonly id: string }>(
      `SELECT DISTINCT p.solution_id AS "parentId", p.consortium_id AS id
      FROM portfolio_entry p JOIN organisation o ON o.id = p.consortium_id
      WHERE p.solution_id = ANY (${keysSql}) AND ${isInPortfolio('p', 'o', '$2::date')} ORDER BY 1, 2`,
      [ids, day],
    ),

  /** The address of the solution of which each solution is a part. */
  findWholes: (ids: readonly string[]) =>
    query<{ readonly id: string; readonly wholeId: string; readonly address: string }>(
      `SELECT s.id, whole.id AS "wholeId", whole.address FROM solution s JOIN solution whole ON whole.id = ${wholeOf('s')} WHERE s.id = ANY (${keysSql})`,
      [ids],
    ),

  /** The addresses of the solutions that are parts of each solution. */
  findParts: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly address: string }>(
      `SELECT whole.id AS "parentId", found.address FROM solution whole CROSS JOIN LATERAL (
        SELECT s.address FROM (
          SELECT p.* FROM solution_address a JOIN solution p ON p.part_of = a.address WHERE a.solution_id = whole.id
          UNION SELECT p.* FROM solution p WHERE p.suite = whole.sort_name
        ) s WHERE ${wholeOf('s')} = whole.id ORDER BY s.address LIMIT 200
      ) found WHERE whole.id = ANY (${keysSql}) ORDER BY found.address`,
      [ids],
    ),

  /** The addresses of the solutions on which each solution is based. */
  findBases: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly address: string }>(
      `SELECT solution_id AS "parentId", address FROM solution_basis WHERE solution_id = ANY (${keysSql}) ORDER BY address`,
      [ids],
    ),

  /** The addresses of the solutions that are based on each solution. */
  findDerivatives: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly address: string }>(
      `SELECT requested.id AS "parentId", found.address FROM unnest(${keysSql}) AS requested (id) CROSS JOIN LATERAL (
        SELECT DISTINCT s.address FROM (
          SELECT requested.id AS address UNION SELECT a.address FROM solution_address a WHERE a.solution_id = requested.id
        ) known JOIN solution_basis b ON b.address = known.address JOIN solution s ON s.id = b.solution_id
        ORDER BY s.address LIMIT 200
      ) found ORDER BY found.address`,
      [ids],
    ),
});

/** The columns of an order, as in the indexes of the migration. */
function solutionOrderSql({ field, direction }: SolutionListOrder): {
  columns: readonly string[];
  descending: boolean;
} {
  if (field === 'NAME') return { columns: ['s.sort_name', 's.id'], descending: direction === 'DESC' };
  return { columns: [orderColumn(field, direction), 's.sort_name', 's.id'], descending: false };
}

function orderColumn(field: Exclude<SolutionListOrder['field'], 'NAME'>, direction: 'ASC' | 'DESC'): string {
  const sign = direction === 'DESC' ? '-' : '';
  switch (field) {
    case 'RELEVANCE':
      return 'matched.rank';
    case 'ADOPTERS':
      return `(${sign}s.adopters)`;
    case 'COUNTRIES':
      return `(${sign}s.countries)`;
    case 'UPDATED':
      return `coalesce(${sign}(s.release_date - '1970-01-01'::date), 2147483647)`;
  }
}

/** Of each list that a request reads: its page, its number and its facets share them. */
const matchesOfSelections = new WeakMap<SolutionSelection, Promise<Matches>>();

/** The solutions that match the search of a list and its filter. Null without a search. */
async function matchesOf(query: Query, selection: SolutionSelection): Promise<Matches | null> {
  const { search, filter, day } = selection;
  if (search === null) return null;
  const find = async (): Promise<Matches> => {
    const { facets, byFacets, rest } = takeFacetConditions(filter, day);
    const all = await findMatches(query, search);
    const matches =
      facets.length === 0
        ? all
        : await restrictByFacets(query, all, facets, (parameter) => filterSql(byFacets, day, parameter));
    const parameters = createParameters();
    const conditions = filterSql(rest, day, parameters);
    return conditions.length === 0 ? matches : restrict(query, matches, conditions, parameters.values);
  };
  const found = matchesOfSelections.get(selection) ?? find();
  matchesOfSelections.set(selection, found);
  return found;
}

interface PageSourceSql {
  readonly with: string;
  readonly tables: string;
  readonly conditions: readonly string[];
}

/** If a list in another order than by relevance has more matches, solutions are read in its order until a page is full. */
const maxSorted = 2_000;

function pageSourceSql(
  { day, search, filter, order }: SolutionSelection,
  matches: Matches | null,
  page: Page,
  parameter: Parameters,
): PageSourceSql {
  if (search === null || matches === null)
    return { with: '', tables: 'solution s', conditions: filterSql(filter, day, parameter) };
  if (order.field !== 'RELEVANCE' && countMatches(matches) > maxSorted)
    return {
      with: `WITH ${foundSql(matches, parameter)}`,
      tables: 'solution s',
      conditions: [isFoundSql(matches, parameter)],
    };
  const matched =
    order.field === 'RELEVANCE' ? rankedSql(search, matches, page, parameter) : everyMatchSql(matches, parameter);
  return { with: `WITH ${matched}`, tables: 'solution s JOIN matched ON matched.id = s.id', conditions: [] };
}
