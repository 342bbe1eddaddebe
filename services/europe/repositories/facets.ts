import { countsOn } from '../../shared/validity.js';
import { maxFacetValues } from '../facets.js';
import { isCounted } from '../sql-fragments.js';

const singleValued = {
  kind: 'kind',
  licenceFamily: 'licence_family',
  licence: 'licence',
  developmentStatus: 'development_status',
  softwareType: 'software_type',
  maintenance: 'maintenance',
};
const multiValued = { categories: 'categories', publishedIn: 'published_in', usedIn: 'used_in' };
/**
 * Counts the most frequent values of every field among the rows of a selection, in one statement. The others stay in PostgreSQL:
 * countries may write as many categories as they like.
 *
 * @param day the SQL of the day on which uses count.
 */
export const facetsSql = (before: string, listed: string, day: string): string => `
  ${before === '' ? 'WITH' : `${before},`} listed AS MATERIALIZED (${listed}), counted (field, value, count) AS (
    SELECT field, value, count(*)::int FROM listed CROSS JOIN LATERAL (
      VALUES ${Object.entries(singleValued)
        .map(([field, column]) => `('${field}', listed.${column})`)
        .join(', ')}
    ) AS of_one (field, value) GROUP BY field, value
    ${Object.entries(multiValued)
      .map(
        ([field, column]) => `UNION ALL
    SELECT '${field}', value, count(*)::int FROM listed LEFT JOIN LATERAL unnest(listed.${column}) AS value ON true GROUP BY value`,
      )
      .join('\n')}
    UNION ALL
    SELECT 'usedByKind', value, count(*)::int FROM listed LEFT JOIN LATERAL (
      SELECT DISTINCT a.user_kind AS value FROM adoption a
      WHERE a.solution_id = listed.id AND a.user_kind IS NOT NULL AND ${isCounted('a')} AND ${countsOn('a', day)}
    ) AS used_by ON true GROUP BY value
  )
  SELECT field, value, count FROM (
    SELECT counted.*, row_number() OVER (PARTITION BY field, value IS NULL ORDER BY count DESC, value COLLATE "C") AS place
    FROM counted
  ) ranked WHERE place <= ${maxFacetValues}`;

/** The facets of solutions, in the order in which the contract names their fields. */
export const solutionFacets = [...Object.keys(singleValued), ...Object.keys(multiValued), 'usedByKind'];
