import { FormattedMessage } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { UnreadRow } from '../../components/unread-row.js';
import { consortiumPath } from '../../model/paths.js';
import type { Membership } from './data.js';

interface MembershipsProps {
  readonly memberships: readonly (Membership | null)[] | null;
  /** Whose they are. */
  readonly administration: string;
  readonly asOf: string | null;
}

/** The consortia in which an administration is a member on a day, and since when. */
export function Memberships({ memberships, administration, asOf }: MembershipsProps) {
  return (
    <ListSection
      id="memberships"
      title="administration.memberships"
      none="administration.noMemberships"
      list={memberships}
      isEmpty={({ length }) => length === 0}
    >
      {(known) => (
        <>
          <Table
            caption={<FormattedMessage id="administration.membershipsCaption" />}
            head={[
              <FormattedMessage id="common.consortium" key="consortium" />,
              <FormattedMessage id="administration.role" key="role" />,
              <FormattedMessage id="common.period" key="period" />,
              <FormattedMessage id="common.source" key="source" />,
            ]}
          >
            {known.map((membership, index) =>
              membership === null ? (
                <UnreadRow key={index} columns={4} />
              ) : (
                <MembershipRow key={membership.id} membership={membership} />
              ),
            )}
          </Table>
          <ExportLinks
            operation="memberships"
            list="organisation.memberships"
            variables={{ organisation: administration, asOf }}
          />
        </>
      )}
    </ListSection>
  );
}

function MembershipRow({ membership }: { readonly membership: Membership }) {
  const { consortium, consortiumId, role, confirmed, during, endReason, provenance } = membership;
  return (
    <tr>
      <th scope="row">
        <PageLink to={consortiumPath(consortiumId)}>
          <Text value={consortium?.name ?? consortiumId} lang={consortium?.nameLanguage} />
        </PageLink>
      </th>
      <td>
        <EnumText of="membershipRole" value={role} />
        {!confirmed && (
          <>
            {' '}
            (<FormattedMessage id="common.unconfirmed" />)
          </>
        )}
      </td>
      <td>
        <PeriodText {...during} />
        {endReason !== null && (
          <>
            {' '}
            (<Text value={endReason} />)
          </>
        )}
      </td>
      <td>
        <SourceNote {...provenance} />
      </td>
    </tr>
  );
}
