import { FormattedMessage } from 'react-intl';

import { ExportLinks } from '../../components/export-links.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { solutionPath } from '../../model/paths.js';
import type { UnidentifiedUsers as Users } from './data.js';

interface UnidentifiedUsersProps {
  readonly country: string;
  readonly users: Users;
}

/** The users that a catalogue names and that are not identified, page by page: what a national team can work through. */
export const UnidentifiedUsers = ({ country, users: { nodes, totalCount, pageInfo } }: UnidentifiedUsersProps) => (
  <>
    <Table
      caption={<FormattedMessage id="catalogue.unidentifiedCaption" values={{ count: totalCount }} />}
      head={[
        <FormattedMessage id="catalogue.userName" key="name" />,
        <FormattedMessage id="common.solution" key="solution" />,
        <FormattedMessage id="common.source" key="source" />,
      ]}
    >
      {nodes.map((user, index) =>
        user === null ? <UnreadRow key={index} columns={3} /> : <UserRow key={user.id} user={user} />,
      )}
    </Table>
    <Pager pageInfo={pageInfo} parameter="usersAfter" />
    <ExportLinks operation="adoptions" variables={{ countries: [country], filter: { identified: false } }} />
  </>
);

const UserRow = ({
  user: { rawName, solution, solutionAddress, provenance },
}: {
  readonly user: NonNullable<Users['nodes'][number]>;
}) => (
  <tr>
    <th scope="row">{rawName === null ? <Unknown /> : <Text value={rawName} />}</th>
    <td>
      <PageLink to={solutionPath(solution?.id ?? solutionAddress)}>
        <Text value={solution?.name ?? solutionAddress} lang={solution?.nameLanguage} />
      </PageLink>
    </td>
    <td>
      <SourceNote {...provenance} />
    </td>
  </tr>
);
