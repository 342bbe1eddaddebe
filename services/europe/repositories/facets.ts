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

/** Counts the values of every facet among the solutions of a selection. */
export const facetsSql = (before: string, listed: string): string => mostFrequentSql(before, countValuesSql(listed));

/** Those of all solutions, which the index keeps. */
export const allFacetsSql = mostFrequentSql('', 'SELECT field, value, count FROM solution_facet');
