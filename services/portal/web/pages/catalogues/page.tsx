import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { CatalogueStateText } from '../../components/catalogue-state.js';
import { Code } from '../../components/code.js';
import { CountryName } from '../../components/country-name.js';
import { ListSection } from '../../components/list-section.js';
import { Moment } from '../../components/moment.js';
import { PageLink } from '../../components/page-link.js';
import { PageTitle } from '../../components/page-title.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { cataloguePath } from '../../model/paths.js';
import type { CataloguesData, CatalogueTitle, Status } from './data.js';

/** How up to date and how sound the data of each catalogue is. */
export function Page({ data: { statuses, titles } }: { readonly data: CataloguesData }) {
  return (
    <>
      <PageTitle title={useIntl().formatMessage({ id: 'catalogues.title' })} />
      <p className="lead">
        <FormattedMessage id="catalogues.introduction" />
      </p>
      <ListSection
        id="states"
        title="catalogues.states"
        none="catalogues.none"
        list={statuses}
        isEmpty={({ length }) => length === 0}
      >
        {(list) => (
          <Table
            caption={<FormattedMessage id="catalogues.caption" />}
            head={[
              <FormattedMessage id="catalogues.catalogue" key="catalogue" />,
              <FormattedMessage id="common.state" key="state" />,
              <FormattedMessage id="catalogues.indexedAt" key="indexedAt" />,
              <FormattedMessage id="catalogues.entries" key="entries" />,
              <FormattedMessage id="catalogues.refused" key="refused" />,
              <FormattedMessage id="catalogues.openUsers" key="openUsers" />,
              <FormattedMessage id="catalogues.unconfirmed" key="unconfirmed" />,
              <FormattedMessage id="catalogues.disputes" key="disputes" />,
            ]}
          >
            {list.map((status) => (
              <StatusRow
                key={status.country}
                status={status}
                title={titles.find(({ country }) => country === status.country)}
              />
            ))}
          </Table>
        )}
      </ListSection>
    </>
  );
}

interface StatusRowProps {
  readonly status: Status;
  readonly title: CatalogueTitle | undefined;
}

function StatusRow({ status, title }: StatusRowProps) {
  const { country, state, indexedAt, entries, refused, disputedAddresses, problem } = status;
  return (
    <tr>
      <th scope="row">
        <PageLink to={cataloguePath(country.toLowerCase())}>
          <CountryName code={country} />
        </PageLink>
        {title && (
          <p className="description">
            <Text value={title.title} lang={title.titleLanguage} />
          </p>
        )}
      </th>
      <td>
        <CatalogueStateText state={state} />
        {problem && (
          <>
            {' '}
            <Code>{problem.code}</Code>
          </>
        )}
      </td>
      <td>{indexedAt === null ? <Unknown /> : <Moment time={indexedAt} />}</td>
      <td className="number">
        <FormattedNumber value={entries} />
      </td>
      <td className="number">
        <FormattedNumber value={refused} />
      </td>
      <td className="number">
        <FormattedNumber value={status.usersNamed - status.usersMatched} />
      </td>
      <td className="number">
        <FormattedNumber value={status.unconfirmedAdoptions + status.unconfirmedMemberships} />
      </td>
      <td className="number">
        <FormattedNumber value={disputedAddresses} />
      </td>
    </tr>
  );
}
