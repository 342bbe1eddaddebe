import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Search } from '../../shared/name-search.js';
import { exactMatchSql } from '../../shared/name-search-sql.js';
import { conceptKey } from '../crosswalk/crosswalk.js';
import { parseConceptKey } from '../crosswalk/codes.js';
import type { Query } from '../index-database.js';
import type { ListedCode } from '../list-keys.js';
import type { CodeListRow, CodeMappingRow, CodeRow } from '../need-rows.js';

/** Which codes are listed. */
export interface CodeSelection {
  readonly search: Search | null;
  readonly scheme: string | null;
  readonly countries: readonly string[] | null;
}

const stated = (alias: string): string => `${alias}.content || jsonb_build_object('country', ${alias}.country,
  'catalogueLanguages', (SELECT languages FROM catalogue WHERE catalogue.country = ${alias}.country)) AS row`;

const rowsOf = <Row>(rows: readonly { readonly row: Row }[]): Row[] => rows.map(({ row }) => row);

/** Reads code lists, codes and mappings. */
export const createCodeRepository = (query: Query) => ({
  findPage: async (selection: CodeSelection, page: Page): Promise<ListedCode[]> => {
    const parameters = createParameters();
    const listed = listedSql(selection, parameters);
    const columns = ['c.rank', 'c.scheme', 'c.notation', 'c.id'];
    const { conditions, orderAndLimit } = pageSql(page, { columns, descending: false }, parameters);
    const rows = await query<{ readonly row: CodeRow; readonly rank: number }>(
      `SELECT ${stated('c')}, c.rank FROM (${listed}) c WHERE ${['true', ...conditions].join(' AND ')} ${orderAndLimit}`,
      parameters.values,
    );
    return rows.map(({ row, rank }) => ({ ...row, rank }));
  },

  count: async (selection: CodeSelection): Promise<number> => {
    const parameters = createParameters();
    const [found] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${listedSql(selection, parameters)}) c`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  /**
   * Codes by their keys, each from the first country that lists it.
   *
   * @param keys see `conceptKey`.
   */
  findByKeys: async (keys: readonly string[]): Promise<CodeRow[]> => {
    const concepts = keys.map(parseConceptKey);
    return rowsOf(
      await query<{ readonly row: CodeRow }>(
        `SELECT DISTINCT ON (c.scheme, c.notation) ${stated('c')} FROM ${requested} JOIN code c USING (scheme, notation)
        ORDER BY c.scheme, c.notation, c.country`,
        [concepts.map(({ scheme }) => scheme), concepts.map(({ notation }) => notation)],
      ),
    );
  },

  /** Code lists of one country each. */
  findLists: async (lists: readonly { readonly country: string; readonly scheme: string }[]): Promise<CodeListRow[]> =>
    rowsOf(
      await query<{ readonly row: CodeListRow }>(
        `SELECT ${stated('l')} FROM unnest(${keysSql}, ${keyArray('$2')}) AS requested (country, scheme)
        JOIN code_list l USING (country, scheme) ORDER BY l.id`,
        [lists.map(({ country }) => country), lists.map(({ scheme }) => scheme)],
      ),
    ),

  /**
   * The mappings of each code, by target, from all catalogues.
   *
   * @param keys see `conceptKey`.
   */
  findMappings: async (keys: readonly string[]): Promise<(CodeMappingRow & { readonly parentId: string })[]> => {
    const concepts = keys.map(parseConceptKey);
    const rows = await query<{ readonly row: CodeMappingRow }>(
      `SELECT ${stated('m')} FROM ${requested} JOIN code_mapping m USING (scheme, notation)
      ORDER BY m.to_scheme, m.to_notation, m.id`,
      [concepts.map(({ scheme }) => scheme), concepts.map(({ notation }) => notation)],
    );
    return rowsOf(rows).map((row) => ({ ...row, parentId: conceptKey(row) }));
  },

  /** The codes of the records of each solution, each once. */
  findOfSolutions: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly code: string }>(
      `SELECT DISTINCT r.solution_id AS "parentId", code COLLATE "C" AS code FROM catalogue_record r CROSS JOIN unnest(r.codes) AS code
      WHERE r.solution_id = ANY (${keysSql}) ORDER BY 1, 2`,
      [ids],
    ),
});

const requested = `unnest(${keysSql}, ${keyArray('$2')}) AS requested (scheme, notation)`;

function listedSql({ search, scheme, countries }: CodeSelection, parameter: Parameters): string {
  const match = search && exactMatchSql(search.spellings, parameter);
  const conditions = [
    'true',
    ...(match ? [match.wordsBegin] : []),
    ...(scheme === null ? [] : [`scheme = ${parameter(scheme)}`]),
    ...(countries === null ? [] : [`country = ANY (${parameter(countries)})`]),
  ];
  const rank = match ? `CASE WHEN ${match.name} THEN 0 WHEN ${match.nameBegins} THEN 1 ELSE 2 END` : '0';
  return `SELECT *, ${rank} AS rank FROM code WHERE ${conditions.join(' AND ')}`;
}
