import type { Facet } from './rows.js';

/** The count of a value, or of the rows without one. */
export interface FacetRow {
  readonly field: string;
  readonly value: string | null;
  readonly count: number;
}

/** By what the adoptions of a solution are counted, in the order in which the contract names the fields. */
export const adoptionFacets = [
  'country',
  'kind',
  'nuts',
  'population',
  'status',
  'start',
  'method',
  'assertedBy',
  'observed',
] as const;

/** The values of a field that a facet has: the most frequent ones. */
export const maxFacetValues = 100;

/** Facets in the order of their fields, the most frequent value first. */
export function toFacets(fields: readonly string[], rows: readonly FacetRow[]): Facet[] {
  return fields.map((field) => {
    const counts = rows.filter((row) => row.field === field);
    const values = counts.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));
    values.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    return {
      field,
      values: values.slice(0, maxFacetValues),
      missing: counts.find(({ value }) => value === null)?.count ?? 0,
    };
  });
}
