import type { ReactNode } from 'react';
import { FormattedMessage, FormattedNumber } from 'react-intl';

import { EnumText } from '../../components/enum-text.js';
import { ExportLinks } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { UnreadRow } from '../../components/unread-row.js';
import { organisationPath } from '../../model/paths.js';
import type { Member, MemberFilter, Members } from './data.js';
import { MemberForm } from './member-form.js';

interface MembersSectionProps {
  readonly members: Members | null;
  /** The id of the consortium. */
  readonly consortium: string;
  readonly asOf: string | null;
  readonly filter: MemberFilter;
  /** The map of the members. */
  readonly children: ReactNode;
}

/** The members of a consortium on a day. */
export function MembersSection({ members, consortium, asOf, filter, children }: MembersSectionProps) {
  return (
    <section aria-labelledby="members">
      <h2 id="members">
        <FormattedMessage id="consortium.members" />
      </h2>
      {children}
      <MemberForm filter={filter} />
      {members === null ? (
        <p className="unknown">
          <FormattedMessage id="common.notRead" />
        </p>
      ) : (
        <MemberList members={members} />
      )}
      <ExportLinks
        operation="members"
        variables={{ consortium, asOf, ...filter, past: filter.past || null }}
        feed={`/feeds/organisation.atom?${new URLSearchParams({ id: consortium }).toString()}`}
      />
    </section>
  );
}

function MemberList({ members: { totalCount, complete, nodes, pageInfo } }: { readonly members: Members }) {
  const head = ['name', 'role', 'during', 'source'].map((name) => (
    <FormattedMessage key={name} id={`consortium.member.${name}`} />
  ));
  return (
    <>
      <p>
        <FormattedMessage
          id={complete === true ? 'consortium.members.all' : 'consortium.members.known'}
          values={{ count: totalCount, number: <FormattedNumber key="number" value={totalCount} /> }}
        />
      </p>
      {nodes.length > 0 && (
        <Table caption={<FormattedMessage id="consortium.members.table" />} head={head}>
          {nodes.map((member, index) =>
            member ? <MemberRow key={member.id} {...member} /> : <UnreadRow key={index} columns={head.length} />,
          )}
        </Table>
      )}
      <Pager pageInfo={pageInfo} />
    </>
  );
}

const MemberRow = ({ memberId, member, role, during, endReason, confirmed, provenance }: Member) => (
  <tr>
    <th scope="row">
      <PageLink to={organisationPath(memberId)}>
        <Text value={member?.name ?? memberId} lang={member?.nameLanguage} />
      </PageLink>
      {!confirmed && (
        <span className="quiet">
          {' '}
          <FormattedMessage id="consortium.member.unconfirmed" />
        </span>
      )}
    </th>
    <td>
      <EnumText of="membershipRole" value={role} />
    </td>
    <td>
      <PeriodText {...during} />
      {endReason !== null && (
        <>
          {' · '}
          <Text value={endReason} />
        </>
      )}
    </td>
    <td>
      <SourceNote {...provenance} />
    </td>
  </tr>
);
