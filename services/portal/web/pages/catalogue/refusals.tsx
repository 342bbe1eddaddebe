import { FormattedMessage } from 'react-intl';

import { ListSection } from '../../components/list-section.js';
import { Moment } from '../../components/moment.js';
import { Table } from '../../components/table.js';
import { Text } from '../../components/text.js';
import type { CatalogueData } from './data.js';

/** The entries of a catalogue's feed that the index rejected, and why. */
export function Refusals({ status }: Pick<CatalogueData, 'status'>) {
  return (
    <ListSection
      id="refusals"
      title="catalogue.refusals"
      none="catalogue.noRefusals"
      list={status}
      isEmpty={({ refused }) => refused === 0}
    >
      {({ refused, refusals }) => (
        <Table
          caption={
            <FormattedMessage id="catalogue.refusalsCaption" values={{ count: refused, shown: refusals.length }} />
          }
          head={[
            <FormattedMessage id="catalogue.subject" key="subject" />,
            <FormattedMessage id="catalogue.reason" key="reason" />,
            <FormattedMessage id="catalogue.time" key="time" />,
          ]}
        >
          {refusals.map(({ subject, subjectId, reason, at }) => (
            <tr key={`${subject} ${subjectId}`}>
              <th scope="row">
                <Text value={subject} /> <Text value={subjectId} />
              </th>
              <td>
                <Text value={reason} lang="en" />
              </td>
              <td>
                <Moment time={at} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </ListSection>
  );
}
