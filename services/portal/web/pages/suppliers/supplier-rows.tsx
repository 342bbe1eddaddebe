import { FormattedMessage } from 'react-intl';

import { ExternalLink } from '../../components/external-link.js';
import { PageLink } from '../../components/page-link.js';
import { PeriodText } from '../../components/period-text.js';
import { SourceNote } from '../../components/source-note.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { organisationPath, solutionPath } from '../../model/paths.js';
import type { Contract, Supplier } from './data.js';

/** A row for each contract of a supplier, and one for a supplier without any. */
export function SupplierRows({ supplier: { name, contracts } }: { readonly supplier: Supplier }) {
  if (contracts === null || contracts.length === 0) {
    return (
      <tr>
        <SupplierName name={name} />
        <td colSpan={4}>{contracts === null ? <FormattedMessage id="common.notRead" /> : <Unknown />}</td>
      </tr>
    );
  }
  return (
    <>
      {contracts.map((contract) => (
        <tr key={contract.statementId}>
          <SupplierName name={name} />
          <ContractCells {...contract} />
        </tr>
      ))}
    </>
  );
}

const SupplierName = ({ name }: { readonly name: string }) => (
  <th scope="row">
    <Text value={name} />
  </th>
);

function ContractCells({ solution, solutionAddress, client, clientId, during, url, provenance }: Contract) {
  return (
    <>
      <td>
        {solutionAddress === null ? (
          <Unknown />
        ) : (
          <PageLink to={solutionPath(solution?.id ?? solutionAddress)}>
            <Text value={solution?.name ?? solutionAddress} lang={solution?.nameLanguage} />
          </PageLink>
        )}
      </td>
      <td>
        {clientId === null ? (
          <Unknown />
        ) : (
          <PageLink to={organisationPath(clientId)}>
            <Text value={client?.name ?? clientId} lang={client?.nameLanguage} />
          </PageLink>
        )}
      </td>
      <td>
        <PeriodText {...during} />
      </td>
      <td>
        <SourceNote {...provenance} />
        {url !== null && (
          <>
            {' '}
            <ExternalLink href={url}>
              <FormattedMessage id="suppliers.contract" />
            </ExternalLink>
          </>
        )}
      </td>
    </>
  );
}
