import { FormattedMessage } from 'react-intl';

import { Code } from '../../components/code.js';
import { CountryName } from '../../components/country-name.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Table } from '../../components/table.js';
import { solutionPath } from '../../model/paths.js';
import type { CatalogueData } from './data.js';

/** The addresses of solutions that this country and another one both claim. */
export function Disputes({ status }: Pick<CatalogueData, 'status'>) {
  return (
    <ListSection
      id="disputes"
      title="catalogue.disputes"
      none="catalogue.noDisputes"
      list={status}
      isEmpty={({ disputedAddresses }) => disputedAddresses === 0}
    >
      {({ disputedAddresses, disputes }) => (
        <Table
          caption={<FormattedMessage id="catalogue.disputesCaption" values={{ count: disputedAddresses }} />}
          head={[
            <FormattedMessage id="common.solution" key="solution" />,
            <FormattedMessage id="catalogue.owner" key="owner" />,
            <FormattedMessage id="catalogue.claimedBy" key="claimedBy" />,
          ]}
        >
          {disputes.map(({ address, owner, claimedBy, recordId }) => (
            <tr key={`${address} ${recordId}`}>
              <th scope="row">
                <PageLink to={solutionPath(address)}>
                  <bdi>{address}</bdi>
                </PageLink>
              </th>
              <td>
                <CountryName code={owner} />
              </td>
              <td>
                <CountryName code={claimedBy} /> <Code>{recordId}</Code>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </ListSection>
  );
}
