import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { CountryName } from '../../components/country-name.js';
import { ExportLinks } from '../../components/export-links.js';
import { ListSection } from '../../components/list-section.js';
import { PageLink } from '../../components/page-link.js';
import { Pager } from '../../components/pager.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import { UnreadRow } from '../../components/unread-row.js';
import { administrationPath } from '../../model/paths.js';
import { CountryLinks } from './country-links.js';
import type { Administration, AdministrationData, Peer } from './data.js';

interface PeersProps {
  readonly peers: AdministrationData['peers'];
  /** With which they are compared. */
  readonly administration: Administration;
  readonly isAbroadLeftOut: boolean;
}

/** The administrations of all countries that are of the same kind and of similar size, the most similar first. */
export function Peers({ peers, administration: { id, country }, isAbroadLeftOut }: PeersProps) {
  return (
    <ListSection
      id="peers"
      title="administration.peers"
      none="administration.noPeers"
      list={peers}
      isEmpty={({ totalCount, unknown }) => totalCount === 0 && unknown === 0}
    >
      {({ nodes, totalCount, unknown, pageInfo }) => (
        <>
          <p>
            <FormattedMessage id="administration.peersExplained" />
          </p>
          <CountryLinks
            country={country}
            label="common.country"
            list="peers"
            parameter="peersAtHome"
            cursor="peersAfter"
          />
          {nodes.length > 0 && (
            <Table
              caption={<FormattedMessage id="administration.peersCaption" values={{ count: totalCount }} />}
              head={[
                <FormattedMessage id="common.administration" key="administration" />,
                <FormattedMessage id="common.country" key="country" />,
                <FormattedMessage id="administration.population" key="population" />,
                <FormattedMessage id="administration.score" key="score" />,
              ]}
            >
              {nodes.map((peer, index) =>
                peer === null ? (
                  <UnreadRow key={index} columns={4} />
                ) : (
                  <PeerRow key={peer.administrationId} peer={peer} />
                ),
              )}
            </Table>
          )}
          <Pager pageInfo={pageInfo} parameter="peersAfter" />
          {unknown !== null && unknown > 0 && (
            <p>
              <FormattedMessage id="administration.peersUnknown" values={{ count: unknown }} />
            </p>
          )}
          <ExportLinks
            operation="peers"
            variables={{ administration: id, countries: isAbroadLeftOut ? [country] : null }}
          />
        </>
      )}
    </ListSection>
  );
}

function PeerRow({ peer }: { readonly peer: Peer }) {
  const intl = useIntl();
  const { administrationId, administration, score, reasons } = peer;
  const why = reasons.map((reason) => intl.formatMessage({ id: `enums.peerCriterion.${reason}` }));
  return (
    <tr>
      <th scope="row">
        <PageLink to={administrationPath(administrationId)}>
          <Text value={administration?.name ?? administrationId} lang={administration?.nameLanguage} />
        </PageLink>
      </th>
      <td>
        <CountryName code={administration?.country ?? administrationId.slice(0, 2).toUpperCase()} />
      </td>
      <td className="number">
        {administration?.population ? <FormattedNumber value={administration.population.count} /> : <Unknown />}
      </td>
      <td>
        <FormattedMessage
          id="administration.scoreOf"
          values={{ score, reasons: intl.formatList(why, { type: 'unit' }) }}
        />
      </td>
    </tr>
  );
}
