import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters } from '../../kit/database/sql-parameters.js';
import type { SolutionFilter } from '../generated/resolver-types.js';
import { type FacetRow, toFacets } from '../facets.js';
import type { Query } from '../index-database.js';
import type { ListedSolution, SolutionListOrder } from '../list-keys.js';
import type { ClaimContent, Facet, RecordRow, SolutionRow } from '../rows.js';
import type { ParsedSearch } from '../search/parse-search.js';
import { isInPortfolio, precedence, wholeOf } from '../sql-fragments.js';
import { solutionFacets } from '../solution-facets.js';
import { allFacetsSql, facetsSql } from './facets.js';
import { filterSql, hasUndecided, undecidedSql } from './solution-filter.js';

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
  findPage: (selection: SolutionSelection, page: Page) => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, selection.order.field === 'RELEVANCE');
    const { conditions, orderAndLimit } = pageSql(page, solutionOrderSql(selection.order), parameters);
    return query<ListedSolution>(
      // The content is read for the rows of the page only, which a join would not guarantee.
      `${from.with} SELECT ${solutionColumns}, (SELECT d.content FROM solution_content d WHERE d.solution_id = s.id) AS content,
        ${solutionOrderSql(selection.order).columns[0] ?? ''} AS "orderKey"
      FROM ${from.tables}
      WHERE ${[...from.conditions, ...conditions].join(' AND ')} ${orderAndLimit}`,
      parameters.values,
    );
  },

  count: async (selection: SolutionSelection): Promise<number> => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, false);
    const [found] = await query<{ count: number }>(
      isEverything(selection)
        ? // Each solution has one kind.
          `SELECT coalesce(sum(count), 0)::int AS count FROM solution_facet WHERE field = 'kind'`
        : `${from.with} SELECT count(*)::int AS count FROM ${from.tables} WHERE ${from.conditions.join(' AND ')}`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  /** How many solutions are not in a list only because what a filter concerns is not known of them. */
  countUnknown: async ({ day, search, filter }: SolutionSelection): Promise<number> => {
    if (!hasUndecided(filter)) return 0;
    const parameters = createParameters();
    const undecided = undecidedSql(filter, day, parameters);
    const matched = search && matchingSql(search, parameters);
    const [found] = await query<{ count: number }>(
      `${matched === null ? '' : `WITH matched AS MATERIALIZED (${matched})`} SELECT count(*)::int AS count
      FROM solution s ${matched === null ? '' : 'JOIN matched ON matched.id = s.id'} WHERE ${undecided}`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  countFacets: async (selection: SolutionSelection): Promise<Facet[]> => {
    const parameters = createParameters();
    const from = selectionSql(selection, parameters, false);
    const listed = `SELECT s.* FROM ${from.tables} WHERE ${from.conditions.join(' AND ')}`;
    const text = isEverything(selection) ? allFacetsSql : facetsSql(from.with, listed);
    return toFacets(solutionFacets, await query<FacetRow>(text, parameters.values));
  },

  /** The solution at each address; none where no catalogue describes one. */
  findByAddresses: (addresses: readonly string[]) =>
    query<SolutionRow & { readonly requestedAddress: string }>(
      `SELECT ${solutionColumns}, d.content, a.address AS "requestedAddress"
      FROM solution_address a JOIN solution s ON s.id = a.solution_id JOIN solution_content d ON d.solution_id = s.id
      WHERE a.address = ANY ($1)`,
      [addresses],
    ),

  /** Those of these addresses that an adoption, a portfolio entry or another solution names. */
  findNamed: (addresses: readonly string[]) => {
    const named = (table: string): string => `SELECT address FROM ${table} WHERE address = ANY ($1)`;
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
      FROM catalogue_record r JOIN catalogue c USING (country), index_state WHERE r.solution_id = ANY ($1)
      ORDER BY r.solution_id, ${precedence('r', 'index_state.day')}`,
      [ids],
    ),

  /** The claims about the solution at each address in a country's catalogue, the latest first. */
  findClaims: (keys: readonly { readonly address: string; readonly country: string }[]) =>
    query<{ readonly address: string; readonly country: string; readonly content: ClaimContent }>(
      `SELECT c.address, c.country, c.content FROM unnest($1::text[], $2::text[]) AS requested (address, country)
      JOIN claim c ON c.address = requested.address AND c.country = requested.country
      ORDER BY c.stated_on DESC NULLS LAST, c.id`,
      [keys.map(({ address }) => address), keys.map(({ country }) => country)],
    ),

  /** The claims about each solution up to a day, at whichever of its addresses and in whichever catalogue, the latest first. */
  findClaimsOfSolutions: ({ ids, days }: ParentBatch) =>
    query<{ readonly parentId: string; readonly parentDay: string; readonly content: ClaimContent }>(
      `SELECT requested.id AS "parentId", requested.day AS "parentDay", c.content
      FROM unnest($1::text[], $2::date[]) AS requested (id, day) CROSS JOIN LATERAL (
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
      WHERE p.solution_id = ANY ($1) AND ${isInPortfolio('p', 'o', '$2::date')} ORDER BY 1, 2`,
      [ids, day],
    ),

  /** The address of the solution of which each solution is a part. */
  findWholes: (ids: readonly string[]) =>
    query<{ readonly id: string; readonly wholeId: string; readonly address: string }>(
      `SELECT s.id, whole.id AS "wholeId", whole.address FROM solution s JOIN solution whole ON whole.id = ${wholeOf('s')} WHERE s.id = ANY ($1)`,
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
      ) found WHERE whole.id = ANY ($1) ORDER BY found.address`,
      [ids],
    ),

  /** The addresses of the solutions on which each solution is based. */
  findBases: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly address: string }>(
      `SELECT solution_id AS "parentId", address FROM solution_basis WHERE solution_id = ANY ($1) ORDER BY address`,
      [ids],
    ),

  /** The addresses of the solutions that are based on each solution. */
  findDerivatives: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly address: string }>(
      `SELECT requested.id AS "parentId", found.address FROM unnest($1::text[]) AS requested (id) CROSS JOIN LATERAL (
        SELECT DISTINCT s.address FROM (
          SELECT requested.id AS address UNION SELECT a.address FROM solution_address a WHERE a.solution_id = requested.id
        ) known JOIN solution_basis b ON b.address = known.address JOIN solution s ON s.id = b.solution_id
        ORDER BY s.address LIMIT 200
      ) found ORDER BY found.address`,
      [ids],
    ),
});

/** Whether a list has all solutions, of which the index keeps the counts. */
const isEverything = ({ search, filter }: SolutionSelection): boolean =>
  search === null && Object.values(filter).every((condition) => condition == null);

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

interface SelectionSql {
  readonly with: string;
  readonly tables: string;
  readonly conditions: readonly string[];
}

/** @param isRanked whether the rank is needed: ranking costs far more than finding. */
function selectionSql(
  { day, search: words, filter }: SolutionSelection,
  parameter: Parameters,
  isRanked: boolean,
): SelectionSql {
  const conditions = filterSql(filter, day, parameter);
  const matched = words && (isRanked ? rankedSql(words, conditions, parameter) : matchingSql(words, parameter));
  return {
    with: matched === null ? '' : `WITH matched AS MATERIALIZED (${matched})`,
    tables: matched === null ? 'solution s' : 'solution s JOIN matched ON matched.id = s.id',
    // The shares of publishers are those of the filtered results, so ranking has filtered them already.
    conditions: ['true', ...(matched !== null && isRanked ? [] : conditions)],
  };
}

/** The number of ranks within a tier. */
const rankSteps = 100_000;

/**
 * In each round of results, at most this many records of one publisher and of one catalogue; the round after it has their next
 * ones. Within a round, publishers that are there for the first time come first, and then the order is that of the rank. So no
 * publisher fills the first pages, unless nothing else matches.
 */
const maxPublisherResults = 5;
const maxCatalogueResults = 10;
/** The last round has everything that is left, so that a place remains an `integer`. */
const maxRounds = 40;

/** The solutions of which a record matches the broadest query. */
const matchingSql = ({ queries: fits }: ParsedSearch, parameter: Parameters): string => `
    SELECT DISTINCT solution_id AS id FROM found_records(${parameter(fits.at(-1))}::tsquery)`;

/**
 * The same with their rank, the best with the smallest. In tiers: a whole name, the beginning of a name, then each query from the
 * strictest on. Within a tier by PostgreSQL's rank, limited to less than 1 so that it never reaches the tier above: PostgreSQL's
 * own rank exceeds it where many words of a text have the same beginning.
 *
 * Then in rounds, by the shares of publishers and catalogues. A record counts for the catalogue that contains it, whatever
 * publisher it names: otherwise a catalogue could use up the share of a publisher elsewhere. A solution is in the earliest round of
 * its records, so that a further record never moves it back.
 *
 * @param conditions on the solution `s`: which results are listed.
 */
const rankedSql = (
  { names, queries: fits, broadQuery: near }: ParsedSearch,
  conditions: readonly string[],
  parameter: Parameters,
): string => {
  const nameTiers = [(name: string) => `%| ${name} |%`, (name: string) => `%| ${name}%`].map((pattern) =>
    names.map((name) => `r.search_text LIKE ${parameter(pattern(name))}`).join(' OR '),
  );
  const finds = fits.map((fit) => `r.vector @@ ${parameter(fit)}::tsquery`);
  const tiers = [...nameTiers, ...finds].map((condition, index) => `WHEN ${condition} THEN ${index + 1}`);
  const [broad, broadest] = [parameter(near), parameter(fits.at(-1))];
  const catalogueRound = roundSql('catalogue', 'publisher_round, rank, id', maxCatalogueResults);
  const filtered =
    conditions.length === 0 ? '' : `JOIN solution s ON s.id = r.solution_id WHERE ${conditions.join(' AND ')}`;
  return `
    SELECT id, min(rank + ${rankSteps * (tiers.length + 1)} * (
      least(${maxRounds - 1}, greatest(publisher_round, catalogue_round)) * ${maxRounds} + least(${maxRounds - 1}, publisher_round)))::int AS rank
    FROM (
      SELECT id, rank, publisher_round, ${catalogueRound} AS catalogue_round FROM (
        SELECT id, catalogue, rank, ${roundSql('publisher', 'rank, id', maxPublisherResults)} AS publisher_round FROM (
          -- Numbers, because sorting by texts would take as long as ranking.
          SELECT r.solution_id COLLATE "C" AS id, hashtextextended(r.country, 0) AS catalogue,
            hashtextextended(concat(r.country, ' ', r.publisher_id), 0) AS publisher,
            ${rankSteps} * CASE ${tiers.join(' ')} END - floor(least(${rankSteps - 1}, ${rankSteps} * ts_rank(
              r.vector, CASE WHEN r.vector @@ ${broad}::tsquery THEN ${broad} ELSE ${broadest} END::tsquery, 32)))::int AS rank
          FROM (
            -- Unpacks a vector once, not for every condition, and does not carry it along to the grouping.
            SELECT solution_id, country, publisher_id, search_text, vector || '' AS vector
            FROM found_records(${broadest}::tsquery) OFFSET 0
          ) r ${filtered} OFFSET 0
        ) ranked
      ) shared
    ) placed GROUP BY id`;
};

/** In which round a row is among those with the same values, if a round has so many of them in this order. */
const roundSql = (partition: string, order: string, size: number): string =>
  `(row_number() OVER (PARTITION BY ${partition} ORDER BY ${order}) - 1) / ${size}`;
