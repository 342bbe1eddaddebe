import { maxFacetValues } from '../facets.js';
import { countValuesSql } from '../solution-facets.js';

/**
 * The most frequent values among counted ones, in one statement. The others stay in PostgreSQL: countries may write as many
 * categories as they like.
 */
const mostFrequentSql = (before: string, counted: string): string => `
  ${before} SELECT field, value, count FROM (
    SELECT counted.*, row_number() OVER (PARTITION BY field, value IS NULL ORDER BY count DESC, value COLLATE "C") AS place
    FROM (${counted}) counted
  ) ranked WHERE place <= ${maxFacetValues}`;

/** Counts the values of every facet among the solutions of a query. */
export const facetsSql = (listed: string): string => mostFrequentSql('', countValuesSql(listed));

/** Those of all solutions, which the index keeps. */
export const allFacetsSql = mostFrequentSql('', 'SELECT field, value, count FROM solution_facet');

/**
 * Those of the matches of a search: of settled ones from segments, and of others from their rows.
 *
 * @param found a CTE with the matches as sets of slots.
 */
export const matchesFacetsSql = (found: string, unsettled: string): string =>
  mostFrequentSql(
    `WITH ${found}`,
    `SELECT field, value, sum(count)::int AS count FROM (
      SELECT f.field, f.value, bit_count(f.members & found.members) AS count FROM found JOIN segment_facet f USING (segment)
      UNION ALL SELECT field, value, count FROM (${countValuesSql(`SELECT * FROM solution WHERE id = ANY (${unsettled}::text[])`)}) unsettled
    ) summed GROUP BY field, value HAVING sum(count) > 0`,
  );
