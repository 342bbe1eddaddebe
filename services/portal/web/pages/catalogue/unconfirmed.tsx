import { FormattedMessage } from 'react-intl';

import { Code } from '../../components/code.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { SourceNote } from '../../components/source-note.js';
import { Table } from '../../components/table.js';
import { organisationPath } from '../../model/paths.js';
import type { CatalogueData } from './data.js';

/** What a catalogue states of organisations of other countries, and their catalogues do not: it is listed there, and not counted. */
export function Unconfirmed({ status }: Pick<CatalogueData, 'status'>) {
  return (
    <ListSection
      id="unconfirmed"
      title="catalogue.unconfirmed"
      none="catalogue.noUnconfirmed"
      list={status}
      isEmpty={({ unconfirmedAdoptions, unconfirmedMemberships }) =>
        unconfirmedAdoptions + unconfirmedMemberships === 0
      }
    >
      {({ unconfirmedAdoptions, unconfirmedMemberships, unconfirmedStatements }) => (
        <Table
          caption={
            <FormattedMessage
              id="catalogue.unconfirmedCaption"
              values={{
                adoptions: unconfirmedAdoptions,
                memberships: unconfirmedMemberships,
                shown: unconfirmedStatements.length,
              }}
            />
          }
          head={[
            <FormattedMessage id="catalogue.statement" key="statement" />,
            <FormattedMessage id="common.organisation" key="organisation" />,
            <FormattedMessage id="common.source" key="source" />,
          ]}
        >
          {unconfirmedStatements.map(({ statementId, organisationId, source, observedOn }) => (
            <tr key={statementId}>
              <th scope="row">
                <Code>{statementId}</Code>
              </th>
              <td>
                <PageLink to={organisationPath(organisationId)}>
                  <Code>{organisationId}</Code>
                </PageLink>
              </td>
              <td>
                <SourceNote source={source} observedOn={observedOn} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </ListSection>
  );
}
