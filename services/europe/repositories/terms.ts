import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Search } from '../../shared/name-search.js';
import { wordsBeginSql } from '../../shared/name-search-sql.js';
import type { SupplierFilter } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import type { SupplierContractRow, SupplierRow, TermsContent } from '../rows.js';

/** Which suppliers are listed. The address of a solution is normalised. */
export interface SupplierSelection {
  readonly search: Search | null;
  readonly filter: SupplierFilter;
}

/** The maximum number of contracts of a supplier that are read. */
const maxContracts = 200;

/** Reads terms and suppliers. */
export const createTermsRepository = (query: Query) => ({
  /** The terms that one country's catalogue states for an address. */
  findTerms: (keys: readonly { readonly address: string; readonly country: string }[]) =>
    query<{ readonly address: string; readonly country: string; readonly content: TermsContent }>(
      `SELECT t.address, t.country, t.content FROM unnest(${keysSql}, ${keyArray('$2')}) AS requested (address, country)
      JOIN terms t ON t.address = requested.address AND t.country = requested.country ORDER BY t.id`,
      [keys.map(({ address }) => address), keys.map(({ country }) => country)],
    ),

  /** The terms of each solution, at whichever of its addresses. */
  findTermsOfSolutions: (ids: readonly string[]) =>
    query<{ readonly parentId: string; readonly content: TermsContent }>(
      `SELECT requested.id AS "parentId", t.content FROM unnest(${keysSql}) AS requested (id) CROSS JOIN LATERAL (
        SELECT requested.id AS address UNION SELECT a.address FROM solution_address a WHERE a.solution_id = requested.id
      ) known JOIN terms t ON t.address = known.address ORDER BY t.country, t.id`,
      [ids],
    ),

  /** One page of suppliers by name. */
  findSuppliers: (selection: SupplierSelection, page: Page) => {
    const parameters = createParameters();
    const conditions = filterSql(selection, parameters);
    const paging = pageSql(page, { columns: ['sort_name', 'id'], descending: false }, parameters);
    return query<SupplierRow>(
      `SELECT id, name, names, identifiers, countries, sort_name AS "sortName" FROM supplier
      WHERE ${[...conditions, ...paging.conditions].join(' AND ')} ${paging.orderAndLimit}`,
      parameters.values,
    );
  },

  countSuppliers: async (selection: SupplierSelection) => {
    const parameters = createParameters();
    const conditions = filterSql(selection, parameters);
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM supplier WHERE ${conditions.join(' AND ')}`,
      parameters.values,
    );
    return row?.count ?? 0;
  },

  /** The contracts of each supplier, ordered by country and id. */
  findContracts: (ids: readonly string[]) =>
    query<SupplierContractRow>(
      `SELECT found.* FROM unnest(${keysSql}) AS requested (id) CROSS JOIN LATERAL (
        SELECT s.supplier_id AS "parentId", s.statement_id AS "statementId", s.country, s.supplier ->> 'name' AS "supplierName",
          s.client_id AS "clientId", s.address AS "solutionAddress", s.supplier -> 'during' AS during, s.supplier ->> 'url' AS url,
          s.provenance
        FROM supply s WHERE s.supplier_id = requested.id ORDER BY s.country, s.statement_id, s.name_key LIMIT ${maxContracts}
      ) found`,
      [ids],
    ),
});

function filterSql(
  { search, filter: { countries, solution, client } }: SupplierSelection,
  parameter: Parameters,
): string[] {
  const supplies = (condition: string): string =>
    `EXISTS (SELECT FROM supply s WHERE s.supplier_id = supplier.id AND ${condition})`;
  return [
    'true',
    ...(search === null ? [] : [wordsBeginSql(search.spellings, parameter)]),
    ...(countries == null ? [] : [`countries && ${parameter(countries)}::text[]`]),
    ...(solution == null ? [] : [supplies(isAtSolution('s.address', parameter(solution)))]),
    ...(client == null ? [] : [supplies(`s.client_id = ${parameter(client)}`)]),
  ];
}

/** Whether an address is one of the solution at another address. */
const isAtSolution = (address: string, solution: string): string => `${address} IN (
  SELECT ${solution}::text UNION SELECT other.address FROM solution_address own
  JOIN solution_address other ON other.solution_id = own.solution_id WHERE own.address = ${solution})`;
