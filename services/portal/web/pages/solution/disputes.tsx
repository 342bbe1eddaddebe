import { FormattedMessage, useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import type { Solution } from './data.js';

/** The records that claim an address of the solution without the agreement of its owner: they are not shown as its own. */
export function Disputes({ disputes }: { readonly disputes: NonNullable<Solution['disputes']> }) {
  const intl = useIntl();
  return disputes.map(({ address, owner, claimedBy, recordId }) => (
    <p key={`${address} ${recordId}`} className="notice">
      <FormattedMessage
        id="solution.dispute"
        values={{
          address: <bdi key="address">{address}</bdi>,
          record: <code key="record">{recordId}</code>,
          owner: formatCountry(intl, owner),
          claimedBy: formatCountry(intl, claimedBy),
        }}
      />
    </p>
  ));
}
