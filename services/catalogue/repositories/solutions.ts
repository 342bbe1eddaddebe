import type { Database } from '../../kit/database/database.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keysSql } from '../../kit/database/sql-parameters.js';
import type { Search } from '../../shared/name-search.js';
import { exactMatchSql } from '../../shared/name-search-sql.js';
import { countsOn } from '../../shared/validity.js';
import { adoption, claim, portfolioEntry, record } from '../model/entities.js';
import { selectRow, selectRevised } from '../model/row-sql.js';
import type { RankedRecord } from '../model/list-keys.js';
import type { AdoptionParent, ClaimRow, PortfolioParent, RecordParent } from '../model/rows.js';
import { type ParentColumns, requestedParents, parentColumns, inUtc, createParentParameters } from './sql-fragments.js';

const recordRow = `${selectRevised(record, 'r')}, ${inUtc('r.issued')} AS issued`;
const adoptionRow = selectRevised(adoption, 'a');

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

/** Which records of a publisher are listed. Null: all. */
export interface PublishedSelection {
  readonly isPart: boolean | null;
}

/** Which records of the catalogue are listed. */
interface RecordSelection extends PublishedSelection {
  readonly search: Search | null;
}

/** Reads records, portfolios, adoptions and claims. */
export const createSolutionRepository = ({ query }: Pick<Database, 'query'>) => ({
  findRecordsByIds: (ids: readonly string[]) =>
    query<RecordParent>(`SELECT ${recordRow} FROM catalogue_record r WHERE r.id = ANY (${keysSql})`, [ids]),

  /** Of the whole catalogue, by name, or by how well they match a search. */
  findRecords: (selection: RecordSelection, page: Page) => {
    const parameters = createParameters();
    const listed = matchingRecords(selection, parameters);
    const paging = pageSql(page, { columns: ['rank', 'sort_name', 'id'], descending: false }, parameters);
    return query<RankedRecord>(
      `SELECT ${recordRow}, r.rank FROM (${listed}) r ${where(paging.conditions)} ${paging.orderAndLimit}`,
      parameters.values,
    );
  },

  countRecords: async (selection: RecordSelection) => {
    const parameters = createParameters();
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${matchingRecords(selection, parameters)}) r`,
      parameters.values,
    );
    return row?.count ?? 0;
  },

  /** Of each publisher, one page by name. */
  findRecordsOfPublishers: (parents: ParentBatch, { isPart, page }: PublishedSelection & { readonly page: Page }) => {
    const parameters = createParentParameters(parents);
    const paging = pageSql(page, { columns: ['r.sort_name', 'r.id'], descending: false }, parameters);
    return query<RecordParent & ParentColumns>(
      `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        SELECT ${recordRow}, ${parentColumns} FROM catalogue_record r
        ${where(['r.publisher_id = parent.id', ...partConditions(isPart), ...paging.conditions])} ${paging.orderAndLimit}) found`,
      parameters.values,
    );
  },

  countRecordsOfPublishers: (parents: ParentBatch, { isPart }: PublishedSelection) =>
    query<ParentColumns & { readonly count: number }>(
      `SELECT ${parentColumns}, (
        SELECT count(*)::int FROM catalogue_record r ${where(['r.publisher_id = parent.id', ...partConditions(isPart)])}
      ) AS count FROM ${requestedParents}`,
      [parents.ids, parents.days],
    ),

  /** Of each consortium, by address: what is in its portfolio on a day, or with `past` also what has left by then. */
  findPortfolios: ({ ids, days }: ParentBatch, { past }: { readonly past: boolean }) =>
    query<PortfolioParent & ParentColumns>(
      `SELECT ${selectRevised(portfolioEntry, 'p')}, ${parentColumns}
      FROM ${requestedParents} JOIN portfolio_entry p ON p.consortium_id = parent.id
        AND coalesce(p.start_date, p.observed_on, parent.day) <= parent.day
        ${past ? '' : `AND coalesce(parent.day < p.end_date, p.ended IS NOT TRUE OR parent.day < p.observed_on)`}
      ORDER BY p.address, p.id`,
      [ids, days],
    ),

  findPortfolioEntriesByIds: (ids: readonly string[]) =>
    query<PortfolioParent>(
      `SELECT ${selectRevised(portfolioEntry, 'p')} FROM portfolio_entry p WHERE p.id = ANY (${keysSql})`,
      [ids],
    ),

  /** Of each administration, one page by address, on a day. */
  findAdoptions: (parents: ParentBatch, { page }: { readonly page: Page }) => {
    const parameters = createParentParameters(parents);
    const paging = pageSql(page, { columns: ['a.address', 'a.id'], descending: false }, parameters);
    return query<AdoptionParent & ParentColumns>(
      `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        SELECT ${adoptionRow}, ${parentColumns} FROM counted_adoption a
        ${where([...usedOnDay, ...paging.conditions])} ${paging.orderAndLimit}) found`,
      parameters.values,
    );
  },

  countAdoptions: (parents: ParentBatch) =>
    query<ParentColumns & { readonly count: number }>(
      `SELECT ${parentColumns}, (SELECT count(*)::int FROM counted_adoption a ${where(usedOnDay)}) AS count FROM ${requestedParents}`,
      [parents.ids, parents.days],
    ),

  findAdoptionsByIds: (ids: readonly string[]) =>
    query<AdoptionParent>(`SELECT ${adoptionRow} FROM adoption a WHERE a.id = ANY (${keysSql})`, [ids]),

  /** What was claimed of each solution, the latest first. */
  findClaimsOfSolutions: (addresses: readonly string[]) =>
    query<ClaimRow & { readonly parentId: string }>(
      `SELECT ${selectRow(claim, 'c')}, c.address AS "parentId" FROM claim c WHERE c.address = ANY (${keysSql})
      ORDER BY coalesce(c.as_of, c.published_on) DESC NULLS LAST, c.id`,
      [addresses],
    ),

  findClaimsByIds: (ids: readonly string[]) =>
    query<ClaimRow>(`SELECT ${selectRow(claim, 'c')} FROM claim c WHERE c.id = ANY (${keysSql})`, [ids]),
});

const usedOnDay = ['a.administration_id = parent.id', countsOn('a', 'parent.day')];

/** Records with words that begin as the searched ones, in a name or a short description: a whole name first, then its beginning. */
function matchingRecords({ search, isPart }: RecordSelection, parameter: Parameters): string {
  const parts = partConditions(isPart);
  if (search === null) return `SELECT *, 0 AS rank FROM catalogue_record r ${where(parts)}`;
  const { name, nameBegins, wordsBegin } = exactMatchSql(search.spellings, parameter);
  return `SELECT *, CASE WHEN ${name} THEN 0 WHEN ${nameBegins} THEN 1 ELSE 2 END AS rank
    FROM catalogue_record r ${where([wordsBegin, ...parts])}`;
}

/** SQL conditions: whether a record `r` is of a part of another solution. */
function partConditions(isPart: boolean | null): string[] {
  if (isPart === null) return [];
  const isOfSuite = `EXISTS (SELECT FROM catalogue_record w WHERE w.publisher_id = r.publisher_id AND w.id <> r.id
    AND lower(w.content ->> 'name') = lower(r.content ->> 'applicationSuite')
    AND lower(w.content ->> 'name') <> lower(r.content ->> 'name'))`;
  return [`${isPart ? '' : 'NOT '}(r.part_of IS NOT NULL OR ${isOfSuite})`];
}
