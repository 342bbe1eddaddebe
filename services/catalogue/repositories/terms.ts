import type { Database } from '../../kit/database/database.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, keysSql } from '../../kit/database/sql-parameters.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { contract, fee, terms } from '../model/entities.js';
import { selectRevised, selectRow } from '../model/row-sql.js';
import type { ContractParent, FeeRow, TermsParent } from '../model/rows.js';

const termsRow = selectRevised(terms, 't');
const contractRow = selectRevised(contract, 'c');

type OfParent<Row> = Row & { readonly parentId: string };

/** Reads terms with their fees, and contracts. */
export const createTermsRepository = ({ query }: Pick<Database, 'query'>) => {
  const findPage = <Row extends object>(table: string, columns: string, alias: string, page: Page): Promise<Row[]> => {
    const parameters = createParameters();
    const paging = pageSql(page, { columns: [`${alias}.id`], descending: false }, parameters);
    const where = paging.conditions.length > 0 ? `WHERE ${paging.conditions.join(' AND ')}` : '';
    return query<Row>(`SELECT ${columns} FROM ${table} ${alias} ${where} ${paging.orderAndLimit}`, parameters.values);
  };
  const count = async (table: string): Promise<number> => {
    const [row] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count ?? 0;
  };
  return {
    findByIds: (ids: readonly string[]) =>
      query<TermsParent>(`SELECT ${termsRow} FROM terms t WHERE t.id = ANY (${keysSql})`, [ids]),

    findByConsortia: (ids: readonly string[]) =>
      query<OfParent<TermsParent>>(
        `SELECT ${termsRow}, t.consortium_id AS "parentId" FROM terms t WHERE t.consortium_id = ANY (${keysSql}) ORDER BY t.id`,
        [ids],
      ),

    findByAddresses: (addresses: readonly string[]) =>
      query<OfParent<TermsParent>>(
        `SELECT ${termsRow}, t.address AS "parentId" FROM terms t WHERE t.address = ANY (${keysSql}) ORDER BY t.id`,
        [addresses],
      ),

    /** The fees of terms, ordered by kind, size class and start. */
    findFees: (termsIds: readonly string[]) =>
      query<OfParent<FeeRow>>(
        `SELECT ${selectRow(fee, 'f')}, f.terms_id AS "parentId" FROM fee f WHERE f.terms_id = ANY (${keysSql})
        ORDER BY f.kind, f.population_min NULLS FIRST, f.population_max NULLS LAST, f.start_date NULLS FIRST, f.id`,
        [termsIds],
      ),

    findPage: (page: Page) => findPage<TermsParent>('terms', termsRow, 't', page),
    count: () => count('terms'),

    findContractsByIds: (ids: readonly string[]) =>
      query<ContractParent>(`SELECT ${contractRow} FROM contract c WHERE c.id = ANY (${keysSql})`, [ids]),
    findContractPage: (page: Page) => findPage<ContractParent>('contract', contractRow, 'c', page),
    countContracts: () => count('contract'),
  };
};
