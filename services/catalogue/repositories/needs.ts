import type { Database } from '../../kit/database/database.js';
import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keysSql } from '../../kit/database/sql-parameters.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Day } from '../../shared/dates.js';
import type { Search } from '../../shared/name-search.js';
import { exactMatchSql } from '../../shared/name-search-sql.js';
import { countsOn } from '../../shared/validity.js';
import type { NeedState, NeedStateCount } from '../generated/resolver-types.js';
import { need, needHolder } from '../model/entities.js';
import { selectRevised } from '../model/row-sql.js';
import type { RankedNeed } from '../model/list-keys.js';
import type { CodeKey, NeedHolderParent, NeedParent } from '../model/need-rows.js';
import { withNarrowerCodes } from './codes.js';
import { createParentParameters, parentColumns, type ParentColumns, requestedParents } from './sql-fragments.js';

const needRow = selectRevised(need, 'n');
const holderRow = selectRevised(needHolder, 'h');

/** Which needs a list has. */
export interface NeedSelection {
  readonly search: Search | null;
  readonly codes: readonly CodeKey[] | null;
  readonly holder: string | null;
  readonly state: NeedState | null;
  readonly day: Day;
}

/** Which of a need's holders a list has. */
export interface HolderFilter {
  readonly state: NeedState | null;
  readonly nuts: string | null;
}

/** Which of an organisation's needs a list has. */
export type HeldFilter = Pick<HolderFilter, 'state'>;

type Paged<Filter> = Filter & { readonly page: Page };

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

/** Reads needs and their holders. */
export function createNeedRepository({ query }: Pick<Database, 'query'>, country: string) {
  /** What an organisation needs on a day, as rows of `counted_need_holder`: statements about it, and the rules that it inherits. */
  const heldBy = (organisation: string, day: string, parameter: Parameters): string => `
    SELECT h.* FROM counted_need_holder h WHERE h.holder_id = ${organisation} AND ${countsOn('h', day)}
    UNION ALL
    SELECT h.* FROM organisation o JOIN counted_need_holder h ON h.holders_kind = o.kind
      AND (h.holders_nuts = ${parameter(country)} OR starts_with(o.nuts, h.holders_nuts))
    WHERE o.id = ${organisation} AND o.type = 'ADMINISTRATION' AND ${countsOn('h', day)} AND NOT EXISTS (
      SELECT FROM counted_need_holder own
      WHERE own.holder_id = ${organisation} AND own.need_id = h.need_id AND ${countsOn('own', day)})`;

  /** A need `n` is held on a day: by an organisation, else by any; in a state, else in any. */
  function isHeld(
    { holder, state, day }: Pick<NeedSelection, 'holder' | 'state' | 'day'>,
    parameter: Parameters,
  ): string {
    const onDay = `${parameter(day)}::date`;
    const from = holder === null ? 'counted_need_holder' : `(${heldBy(parameter(holder), onDay, parameter)})`;
    const conditions = [
      'h.need_id = n.id',
      ...(holder === null ? [countsOn('h', onDay)] : []),
      ...(state === null ? [] : [`h.state = ${parameter(state)}`]),
    ];
    return `EXISTS (SELECT FROM ${from} h ${where(conditions)})`;
  }

  /** Needs with words that begin as the searched ones: a whole statement first, then its beginning. */
  function matchingNeeds({ search, codes, holder, state, day }: NeedSelection, parameter: Parameters): string {
    const match = search && exactMatchSql(search.spellings, parameter);
    const conditions = [
      ...(match ? [match.wordsBegin] : []),
      ...(codes ? [`n.codes && ARRAY(SELECT scheme || ':' || notation FROM wanted)`] : []),
      ...(holder === null && state === null ? [] : [isHeld({ holder, state, day }, parameter)]),
    ];
    const rank = match ? `CASE WHEN ${match.name} THEN 0 WHEN ${match.nameBegins} THEN 1 ELSE 2 END` : '0';
    return `${codes ? `WITH ${withNarrowerCodes(codes, parameter)}` : ''}
      SELECT n.*, ${rank} AS rank FROM need n ${where(conditions)}`;
  }

  const holderConditions = ({ state, nuts }: HolderFilter, parameter: Parameters): string[] => {
    const area = nuts === null ? null : parameter(nuts);
    return [
      'h.need_id = parent.id',
      countsOn('h', 'parent.day'),
      ...(state === null ? [] : [`h.state = ${parameter(state)}`]),
      ...(area === null
        ? []
        : [`(starts_with(h.nuts, ${area}) OR h.holders_kind IS NOT NULL AND starts_with(${area}, h.holders_nuts))`]),
    ];
  };

  const countRows = (parents: ParentBatch, from: (parameter: Parameters) => string) => {
    const parameters = createParentParameters(parents);
    return query<ParentColumns & { readonly count: number }>(
      `SELECT ${parentColumns}, (SELECT count(*)::int FROM ${from(parameters)}) AS count FROM ${requestedParents}`,
      parameters.values,
    );
  };

  /** The numbers by state of the rows that `select` selects for each parent. */
  const countStates = (parents: ParentBatch, select: (parameter: Parameters) => string) => {
    const parameters = createParentParameters(parents);
    return query<NeedStateCount & ParentColumns>(
      `SELECT ${parentColumns}, found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        WITH listed AS MATERIALIZED (${select(parameters)})
        SELECT state, count(DISTINCT coalesce(holder_id, raw_name))::int AS holders, count(holders_kind)::int AS rules,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY currency), '[]')
          FROM (SELECT currency, trim_scale(sum(amount))::text AS amount FROM listed l
            WHERE l.state = listed.state AND l.currency IS NOT NULL GROUP BY l.currency) sums) AS amounts
        FROM listed GROUP BY state) found
      ORDER BY array_position('{STATED,FUNDED,TENDERED,MET,WITHDRAWN}', found.state)`,
      parameters.values,
    );
  };

  const heldRows = ({ state }: HeldFilter, parameter: Parameters): string =>
    `(${heldBy('parent.id', 'parent.day', parameter)}) h ${where(state === null ? [] : [`h.state = ${parameter(state)}`])}`;
  const holdersOf = (filter: HolderFilter, parameter: Parameters): string =>
    `counted_need_holder h ${where(holderConditions(filter, parameter))}`;

  return {
    /** By statement, or by how well they match a search. */
    findNeeds: (selection: NeedSelection, page: Page) => {
      const parameters = createParameters();
      const listed = matchingNeeds(selection, parameters);
      const paging = pageSql(page, { columns: ['rank', 'sort_name', 'id'], descending: false }, parameters);
      return query<RankedNeed>(
        `SELECT ${needRow}, n.rank FROM (${listed}) n ${where(paging.conditions)} ${paging.orderAndLimit}`,
        parameters.values,
      );
    },

    countNeeds: async (selection: NeedSelection) => {
      const parameters = createParameters();
      const [row] = await query<{ count: number }>(
        `SELECT count(*)::int AS count FROM (${matchingNeeds(selection, parameters)}) n`,
        parameters.values,
      );
      return row?.count ?? 0;
    },

    findNeedsByIds: (ids: readonly string[]) =>
      query<NeedParent>(`SELECT ${needRow} FROM need n WHERE n.id = ANY (${keysSql})`, [ids]),

    findHoldersByIds: (ids: readonly string[]) =>
      query<NeedHolderParent>(`SELECT ${holderRow} FROM need_holder h WHERE h.id = ANY (${keysSql})`, [ids]),

    /** Of each need, one page of holders by id. */
    findHolders: (parents: ParentBatch, { page, ...filter }: Paged<HolderFilter>) => {
      const parameters = createParentParameters(parents);
      const conditions = holderConditions(filter, parameters);
      const paging = pageSql(page, { columns: ['h.id'], descending: false }, parameters);
      return query<NeedHolderParent & ParentColumns>(
        `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
          SELECT ${holderRow}, ${parentColumns} FROM counted_need_holder h
          ${where([...conditions, ...paging.conditions])} ${paging.orderAndLimit}) found`,
        parameters.values,
      );
    },

    countHolders: (parents: ParentBatch, filter: HolderFilter) =>
      countRows(parents, (parameter) => holdersOf(filter, parameter)),

    countHolderStates: (parents: ParentBatch, filter: HolderFilter) =>
      countStates(parents, (parameter) => `SELECT h.* FROM ${holdersOf(filter, parameter)}`),

    /** Of each organisation, one page of what it needs, by need. */
    findHeld: (parents: ParentBatch, { page, ...filter }: Paged<HeldFilter>) => {
      const parameters = createParentParameters(parents);
      const rows = `SELECT h.* FROM ${heldRows(filter, parameters)}`;
      const paging = pageSql(page, { columns: ['h.need_id', 'h.id'], descending: false }, parameters);
      return query<NeedHolderParent & ParentColumns>(
        `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
          SELECT ${holderRow}, ${parentColumns} FROM (${rows}) h ${where(paging.conditions)} ${paging.orderAndLimit}) found`,
        parameters.values,
      );
    },

    countHeld: (parents: ParentBatch, filter: HeldFilter) =>
      countRows(parents, (parameter) => heldRows(filter, parameter)),

    countHeldStates: (parents: ParentBatch, filter: HeldFilter) =>
      countStates(parents, (parameter) => `SELECT h.* FROM ${heldRows(filter, parameter)}`),
  };
}
