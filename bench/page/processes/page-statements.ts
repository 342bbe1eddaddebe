import pg from 'pg';

import { italy } from '../../../services/italy/catalogue.js';
import { chooseName } from '../../../services/catalogue/model/names.js';
import { today } from '../../../services/shared/dates.js';

/** An organisation, with the columns from which its name is chosen. */
interface OrganisationRow {
  readonly id: string;
  readonly names: readonly { readonly language: string; readonly text: string }[];
  readonly officialLanguages: readonly string[];
}

interface MembershipRow {
  readonly memberId: string;
  readonly consortiumId: string;
}

const columns = `o.id, o.names, o.official_languages AS "officialLanguages"`;

/** The three statements that a page needs when each table is read by itself, with only the columns that it shows. */
export function openPageStatements(connectionString: string) {
  const database = new pg.Pool({ connectionString, max: 16 });
  const read = async <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    (await database.query<Row>({ name, text, values })).rows;
  return {
    findPage: (first: number, after: string | null | undefined) => {
      const [, sortName = '', id = ''] = after == null ? [] : readCursor(after);
      return read<OrganisationRow>(
        'page',
        `SELECT ${columns} FROM organisation o
        WHERE type = 'ADMINISTRATION' AND (sort_name, id) > ($1, $2) AND exists_on(start_date, end_date, ended, $3::date)
        ORDER BY sort_name, id LIMIT $4`,
        [sortName, id, today(), first],
      );
    },
    findMemberships: (ids: readonly string[]) =>
      read<MembershipRow>(
        'memberships',
        `SELECT m.member_id AS "memberId", m.consortium_id AS "consortiumId" FROM counted_membership m
        WHERE m.member_id = ANY ($1) AND m.counts_from <= $2 AND (m.counts_until IS NULL OR $2 < m.counts_until)
        ORDER BY m.consortium_id, m.id`,
        [ids, today()],
      ),
    findConsortia: (ids: readonly string[]) =>
      read<OrganisationRow>(
        'consortia',
        `SELECT ${columns} FROM organisation o WHERE o.id = ANY ($1) AND o.type = 'CONSORTIUM'`,
        [ids],
      ),
  };
}

export type PageStatements = ReturnType<typeof openPageStatements>;

/** The cursors of the catalogue. */
const readCursor = (cursor: string): string[] => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];

/** The name of an organisation by the rule for names. */
export const nameOf = (organisation: OrganisationRow): string => chooseName(italy, organisation);

export type { MembershipRow, OrganisationRow };
