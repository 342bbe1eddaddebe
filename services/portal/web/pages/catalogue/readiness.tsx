import { FormattedMessage, FormattedNumber } from 'react-intl';

import { Table } from '../../components/table.js';
import type { CheckedRecord } from './data.js';

const criteria = [
  'NO_THIRD_PARTY_RIGHTS',
  'NO_CONFIDENTIAL_DATA',
  'ALIGNED',
  'LICENSED_FOR_REUSE',
  'MAINTAINED',
] as const;
const answers = ['YES', 'NO', 'UNKNOWN'] as const;

/** How many records of a page meet each criterion of the Interoperable Europe portal: what is unknown, their catalogue can complete. */
export function Readiness({ records }: { readonly records: readonly CheckedRecord[] }) {
  const derived = records.flatMap(({ portalReadiness }) => portalReadiness ?? []);
  if (derived.length === 0) return null;
  return (
    <Table
      caption={<FormattedMessage id="catalogue.readinessCaption" />}
      head={[
        <FormattedMessage id="catalogue.criterion" key="criterion" />,
        <FormattedMessage id="common.yes" key="yes" />,
        <FormattedMessage id="common.no" key="no" />,
        <FormattedMessage id="common.unknown" key="unknown" />,
      ]}
    >
      {criteria.map((criterion) => (
        <tr key={criterion}>
          <th scope="row">
            <FormattedMessage id={`catalogue.criterion.${criterion}`} />
          </th>
          {answers.map((answer) => (
            <td key={answer} className="number">
              <FormattedNumber
                value={derived.filter((other) => other.criterion === criterion && other.answer === answer).length}
              />
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
