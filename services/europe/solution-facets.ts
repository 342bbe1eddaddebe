/** By what solutions are counted, with the column of each. */
const singleValued = {
  kind: 'kind',
  licenceFamily: 'licence_family',
  licence: 'licence',
  developmentStatus: 'development_status',
  softwareType: 'software_type',
  maintenance: 'maintenance',
};
const multiValued = {
  categories: 'categories',
  publishedIn: 'published_in',
  usedIn: 'used_in',
  usedByKind: 'used_by_kinds',
};

/** The facets of solutions, in the order in which the contract names their fields. */
export const solutionFacets = [...Object.keys(singleValued), ...Object.keys(multiValued)];

/** SQL: a row for each value of each facet of a solution, and one without a value for each facet of which it has none. */
export const facetValuesSql = (solution: string): string =>
  [
    `VALUES ${Object.entries(singleValued)
      .map(([field, column]) => `('${field}', ${solution}.${column} COLLATE "C")`)
      .join(', ')}`,
    ...Object.entries(multiValued).map(([field, column]) => listValuesSql(field, `${solution}.${column}`)),
  ].join(' UNION ALL ');

const listValuesSql = (field: string, list: string): string =>
  `SELECT '${field}', value COLLATE "C" FROM (VALUES (1)) AS one (row) LEFT JOIN unnest(${list}) AS value ON true`;

/** SQL: the same for the facets of how a solution is used, the only ones that change without its records. */
export const usageValuesSql = (solution: string): string =>
  (['usedIn', 'usedByKind'] as const)
    .map((field) => listValuesSql(field, `${solution}.${multiValued[field]}`))
    .join(' UNION ALL ');

/**
 * SQL: how many of some solutions have each value of each facet, as `facetValuesSql` has them. Lists of values are taken apart
 * after equal ones are counted, which are far fewer than the solutions.
 */
export function countValuesSql(solutions: string): string {
  const columns = [...Object.values(singleValued), ...Object.values(multiValued)];
  // A bit of grouping() is 0 for a column that a row is grouped by; the last column has the lowest bit.
  const isBy = (column: string): string =>
    `columns = ${2 ** columns.length - 1 - 2 ** (columns.length - 1 - columns.indexOf(column))}`;
  const ofOne = Object.entries(singleValued).map(
    ([field, column]) =>
      `SELECT '${field}' AS field, ${column} COLLATE "C" AS value, count FROM grouped WHERE ${isBy(column)}`,
  );
  const ofMany = Object.entries(multiValued).map(
    ([field, column]) => `SELECT '${field}', value COLLATE "C", sum(count)::int
      FROM grouped LEFT JOIN unnest(grouped.${column}) AS value ON true WHERE ${isBy(column)} GROUP BY value`,
  );
  return `
    WITH grouped AS MATERIALIZED (
      SELECT ${columns.join(', ')}, grouping(${columns.join(', ')}) AS columns, count(*)::int AS count
      FROM (${solutions}) listed GROUP BY GROUPING SETS (${columns.map((column) => `(${column})`).join(', ')})
    ) ${[...ofOne, ...ofMany].join(' UNION ALL ')}`;
}
