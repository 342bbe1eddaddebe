import type { Database } from '../../kit/database/database.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Search } from '../../shared/name-search.js';
import { exactMatchSql } from '../../shared/name-search-sql.js';
import { formatCode, parseCodeText } from '../model/codes.js';
import { code, codeList, codeMapping } from '../model/entities.js';
import { selectRevised } from '../model/row-sql.js';
import type { RankedCode } from '../model/list-keys.js';
import type { CodeKey, CodeListParent, CodeMappingParent, CodeParent } from '../model/need-rows.js';

const codeListRow = selectRevised(codeList, 'l');
const codeRow = selectRevised(code, 'c');
const mappingRow = selectRevised(codeMapping, 'm');

/** Which codes a list has. */
export interface CodeSelection {
  readonly search: Search | null;
  readonly scheme: string | null;
}

/** Codes as a table `requested (scheme, notation)`, from texts `scheme:notation`; its values are the statement's first two. */
const requestedCodes = `unnest(${keysSql}, ${keyArray('$2')}) AS requested (scheme, notation)`;

function toColumns(texts: readonly string[]): [schemes: string[], notations: string[]] {
  const codes = texts.map(parseCodeText).filter((parsed) => parsed !== null);
  return [codes.map(({ scheme }) => scheme), codes.map(({ notation }) => notation)];
}

/** Reads code lists, codes and mappings. */
export const createCodeRepository = ({ query }: Pick<Database, 'query'>) => ({
  findLists: () => query<CodeListParent>(`SELECT ${codeListRow} FROM code_list l ORDER BY l.scheme`),

  findListsBySchemes: (schemes: readonly string[]) =>
    query<CodeListParent>(`SELECT ${codeListRow} FROM code_list l WHERE l.scheme = ANY (${keysSql})`, [schemes]),

  findListsByIds: (ids: readonly string[]) =>
    query<CodeListParent>(`SELECT ${codeListRow} FROM code_list l WHERE l.id = ANY (${keysSql})`, [ids]),

  /** By list and notation, or by how well they match a search. */
  findCodes: (selection: CodeSelection, page: Page) => {
    const parameters = createParameters();
    const listed = matchingCodes(selection, parameters);
    const paging = pageSql(page, { columns: ['rank', 'scheme', 'notation'], descending: false }, parameters);
    return query<RankedCode>(
      `SELECT ${codeRow}, c.rank FROM (${listed}) c ${where(paging.conditions)} ${paging.orderAndLimit}`,
      parameters.values,
    );
  },

  countCodes: async (selection: CodeSelection) => {
    const parameters = createParameters();
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${matchingCodes(selection, parameters)}) c`,
      parameters.values,
    );
    return row?.count ?? 0;
  },

  /** @param texts codes as `scheme:notation`. */
  findCodesByTexts: (texts: readonly string[]) =>
    query<CodeParent>(
      `SELECT ${codeRow} FROM ${requestedCodes} JOIN code c USING (scheme, notation)`,
      toColumns(texts),
    ),

  findCodesByIds: (ids: readonly string[]) =>
    query<CodeParent>(`SELECT ${codeRow} FROM code c WHERE c.id = ANY (${keysSql})`, [ids]),

  /**
   * The mappings of each code, by target.
   *
   * @param texts codes as `scheme:notation`.
   */
  findMappingsOfCodes: async (texts: readonly string[]) => {
    const rows = await query<CodeMappingParent>(
      `SELECT ${mappingRow} FROM ${requestedCodes} JOIN code_mapping m USING (scheme, notation)
      ORDER BY m.topic NULLS LAST, m.to_scheme, m.to_notation, m.id`,
      toColumns(texts),
    );
    return rows.map((row) => ({ ...row, parentId: formatCode(row) }));
  },

  findMappingsByIds: (ids: readonly string[]) =>
    query<CodeMappingParent>(`SELECT ${mappingRow} FROM code_mapping m WHERE m.id = ANY (${keysSql})`, [ids]),
});

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

function matchingCodes({ search, scheme }: CodeSelection, parameter: Parameters): string {
  const inList = scheme === null ? [] : [`scheme = ${parameter(scheme)}`];
  if (search === null) return `SELECT *, 0 AS rank FROM code ${where(inList)}`;
  const { name, nameBegins, wordsBegin } = exactMatchSql(search.spellings, parameter);
  return `SELECT *, CASE WHEN ${name} THEN 0 WHEN ${nameBegins} THEN 1 ELSE 2 END AS rank
    FROM code ${where([...inList, wordsBegin])}`;
}

/** A common table expression `wanted (scheme, notation)`: codes, and all that are narrower in the same list, whatever cycles it has. */
export const withNarrowerCodes = (codes: readonly CodeKey[], parameter: Parameters): string =>
  `RECURSIVE wanted (scheme, notation) AS (
    SELECT scheme COLLATE "C", notation COLLATE "C" FROM unnest(${parameter(codes.map(({ scheme }) => scheme))}::text[],
      ${parameter(codes.map(({ notation }) => notation))}::text[]) AS given (scheme, notation)
    UNION SELECT c.scheme, c.notation FROM wanted w JOIN code c ON c.scheme = w.scheme AND c.broader = w.notation)`;
