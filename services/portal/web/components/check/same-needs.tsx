import { FormattedMessage } from 'react-intl';

import { needPath } from '../../model/paths.js';
import { CountryName } from '../country-name.js';
import { EnumText } from '../enum-text.js';
import { PageLink } from '../page-link.js';
import { Table } from '../table.js';
import { Text } from '../text.js';
import { Unknown } from '../unknown.js';
import type { SameNeed } from './check-data.js';
import { StateCounts } from './state-counts.js';

/** The needs of all catalogues with a code or topic of this one, and who has them. What is the same and what is nearly so is never added. */
export function SameNeeds({ sameNeed }: { readonly sameNeed: SameNeed }) {
  const { edges, totalCount, countries } = sameNeed;
  return (
    <>
      <ul>
        {edges.map((edge, index) => (
          <li key={edge?.node?.id ?? index}>
            {edge?.node ? (
              <>
                <PageLink to={needPath(edge.node.id)}>
                  <Text value={edge.node.statement} lang={edge.node.statementLanguage} />
                </PageLink>{' '}
                (<CountryName code={edge.node.country} />
                {edge.relation !== null && (
                  <>
                    , <EnumText of="mappingRelation" value={edge.relation} />
                  </>
                )}
                )
              </>
            ) : (
              <Unknown />
            )}
          </li>
        ))}
      </ul>
      {totalCount > edges.length && (
        <p>
          <FormattedMessage id="reuse.furtherNeeds" values={{ count: totalCount - edges.length }} />
        </p>
      )}
      {countries !== null && countries.length > 0 && (
        <Table
          caption={<FormattedMessage id="reuse.sameNeedCaption" />}
          head={[
            <FormattedMessage id="common.country" key="country" />,
            <FormattedMessage id="reuse.relation" key="relation" />,
            <FormattedMessage id="reuse.holders" key="holders" />,
          ]}
        >
          {countries.map(({ country, relation, states, inherited }) => (
            <tr key={`${country} ${String(relation)}`}>
              <th scope="row">
                <CountryName code={country} />
              </th>
              <td>{relation === null ? <Unknown /> : <EnumText of="mappingRelation" value={relation} />}</td>
              <td>
                <StateCounts states={states} />
                {inherited > 0 && (
                  <p>
                    <FormattedMessage id="reuse.inherited" values={{ count: inherited }} />
                  </p>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
