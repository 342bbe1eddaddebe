import type { Facet } from '../rows.js';

/** The count of a value, or of the rows without one. */
export interface FacetRow {
  readonly field: string;
  readonly value: string | null;
  readonly count: number;
}

const singleValued = {
  kind: 'kind',
  licenceFamily: 'licence_family',
  licence: 'licence',
  developmentStatus: 'development_status',
  softwareType: 'software_type',
  maintenance: 'maintenance',
};
const multiValued = { categories: 'categories', publishedIn: 'published_in', usedIn: 'used_in' };
const maxValues = 100;

/** Counts the values of every field among the rows of a selection, in one statement. */
export const facetsSql = (before: string, listed: string): string => `
  ${before === '' ? 'WITH' : `${before},`} listed AS MATERIALIZED (${listed})
  SELECT field, value, count(*)::int AS count FROM listed CROSS JOIN LATERAL (
    VALUES ${Object.entries(singleValued)
      .map(([field, column]) => `('${field}', listed.${column})`)
      .join(', ')}
  ) AS of_one (field, value) GROUP BY field, value
  ${Object.entries(multiValued)
    .map(
      ([field, column]) => `UNION ALL
  SELECT '${field}', value, count(*)::int FROM listed LEFT JOIN LATERAL unnest(listed.${column}) AS value ON true GROUP BY value`,
    )
    .join('\n')}`;

/** The facets of solutions. */
export const solutionFacets = [...Object.keys(singleValued), ...Object.keys(multiValued)];

/** Facets in the order of their fields, the most frequent value first. */
export function toFacets(fields: readonly string[], rows: readonly FacetRow[]): Facet[] {
  return fields.map((field) => {
    const counts = rows.filter((row) => row.field === field);
    const values = counts.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));
    values.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    return {
      field,
      values: values.slice(0, maxValues),
      missing: counts.find(({ value }) => value === null)?.count ?? 0,
    };
  });
}
