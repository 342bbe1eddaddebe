import { keysSql } from '../../kit/database/sql-parameters.js';
import type { Database } from '../../kit/database/database.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import { pageSql } from '../../kit/database/keyset.js';
import type { Parameters } from '../../kit/database/sql-parameters.js';
import { countsOn } from '../../shared/validity.js';
import type { AdministrationKind, MembershipRole } from '../generated/resolver-types.js';
import type { ListedMembership } from '../model/list-keys.js';
import { type RowWidths, selectConsortium, selectMembership } from '../model/row-widths.js';
import type { MembershipParent, OrganisationParent } from '../model/rows.js';
import { type ParentColumns, requestedParents, parentColumns, createParentParameters } from './sql-fragments.js';

/** Which members a list has. */
export interface MemberFilter {
  readonly kind: AdministrationKind | null;
  readonly role: MembershipRole | null;
  /** Whether it also has those that have ended. */
  readonly past: boolean;
}

const countsOnDay = countsOn('m', 'parent.day');

/** Reads memberships on the days on which they count. */
export function createMembershipRepository(
  { query }: Pick<Database, 'query'>,
  { memberships: width, besideMemberships }: RowWidths,
) {
  const row = selectMembership[width];
  const [consortiumColumns, consortiumTable] =
    besideMemberships === null
      ? ['', '']
      : [`, ${selectConsortium[besideMemberships]}`, 'JOIN organisation consortium ON consortium.id = m.consortium_id'];
  return {
    findByIds: (ids: readonly string[]) =>
      query<MembershipParent>(`SELECT ${row} FROM membership m WHERE m.id = ANY (${keysSql})`, [ids]),

    /** The memberships of each organisation in consortia, with these if they are needed beside them. */
    findByMembers: async ({ ids, days }: ParentBatch) => {
      const rows = await query<MembershipParent & ParentColumns & { consortium?: OrganisationParent }>(
        `SELECT ${row}, ${parentColumns} ${consortiumColumns}
        FROM ${requestedParents} JOIN counted_membership m ON m.member_id = parent.id AND ${countsOnDay} ${consortiumTable}
        ORDER BY m.consortium_id, m.id`,
        [ids, days],
      );
      if (besideMemberships === null) return rows;
      const consortia = new Map<string, OrganisationParent>();
      for (const { consortiumId, consortium } of rows) if (consortium) consortia.set(consortiumId, consortium);
      for (const row of rows) {
        const consortium = consortia.get(row.consortiumId);
        if (consortium) row.consortium = consortium;
      }
      return rows;
    },

    /** Of each consortium, one page by name of the member; one more row than the page has, if there is one. */
    findPages: (parents: ParentBatch, { page, ...filter }: MemberFilter & { readonly page: Page }) => {
      const parameters = createParentParameters(parents);
      const conditions = filterSql(filter, parameters);
      const paging = pageSql(page, { columns: ['m.member_name', 'm.id'], descending: false }, parameters);
      return query<ListedMembership & ParentColumns>(
        `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        SELECT ${row}, m.member_name AS "memberName", ${parentColumns}
        FROM counted_membership m
        WHERE ${[...conditions, ...paging.conditions].join(' AND ')} ${paging.orderAndLimit}
      ) found`,
        parameters.values,
      );
    },

    /** How many each consortium has. */
    count: (parents: ParentBatch, filter: MemberFilter) => {
      const parameters = createParentParameters(parents);
      const conditions = filterSql(filter, parameters);
      return query<ParentColumns & { readonly count: number }>(
        `SELECT ${parentColumns}, (SELECT count(*)::int FROM counted_membership m WHERE ${conditions.join(' AND ')}) AS count
      FROM ${requestedParents}`,
        parameters.values,
      );
    },
  };
}

const filterSql = ({ kind, role, past }: MemberFilter, parameter: Parameters): string[] => [
  'm.consortium_id = parent.id',
  // One of which no day is known has ended, or counts on no day.
  past ? `coalesce(m.counts_from <= parent.day, m.ended)` : countsOnDay,
  ...(kind === null ? [] : [`m.member_kind = ${parameter(kind)}`]),
  ...(role === null ? [] : [`m.role = ${parameter(role)}`]),
];
