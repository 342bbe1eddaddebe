import { FormattedMessage, FormattedNumber } from 'react-intl';

import { DateText } from '../../components/date-text.js';
import { EnumText } from '../../components/enum-text.js';
import { ExternalLink } from '../../components/external-link.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import type { Claim } from './data.js';

/** Figures that someone published. They are claims, and are not counted. */
export const Claims = ({ claims }: { readonly claims: readonly Claim[] }) => (
  <Table
    caption={<FormattedMessage id="solution.claims.title" />}
    head={['count', 'relation', 'statement', 'asOf', 'source'].map((head) => (
      <FormattedMessage key={head} id={`solution.claims.${head}`} />
    ))}
  >
    {claims.map(({ id, count, relation, statement, asOf, precision, source }) => (
      <tr key={id} className="claim">
        <td className="number">{count === null ? <Unknown /> : <FormattedNumber value={count} />}</td>
        <td>{relation === null ? <Unknown /> : <EnumText of="claimRelation" value={relation} />}</td>
        <td>
          <Text value={statement} />
        </td>
        <td>
          <DateText date={asOf} precision={precision} />
        </td>
        <td>
          <ExternalLink href={source} />
        </td>
      </tr>
    ))}
  </Table>
);
