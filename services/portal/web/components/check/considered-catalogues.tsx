import { FormattedMessage } from 'react-intl';

import { Code } from '../code.js';
import { CountryName } from '../country-name.js';
import { Moment } from '../moment.js';
import { Table } from '../table.js';
import type { CheckRecord, Unconsidered } from './check-data.js';

interface ConsideredCataloguesProps {
  readonly positions: CheckRecord['positions'];
  /** Null if it could not be read. */
  readonly notConsidered: readonly Unconsidered[] | null;
}

/** Which catalogues a check rests on: of each country, whether its current data was considered, and the position of its feed. */
export function ConsideredCatalogues({ positions, notConsidered }: ConsideredCataloguesProps) {
  const missing = notConsidered ?? [];
  const rest = missing.filter(({ country }) => !positions.some((position) => position.country === country));
  const rows = [...positions, ...rest.map(({ country }) => ({ country, position: null }))];
  return (
    <Table
      caption={<FormattedMessage id="reuse.cataloguesCaption" />}
      head={[
        <FormattedMessage id="common.country" key="country" />,
        <FormattedMessage id="reuse.considered" key="considered" />,
        <FormattedMessage id="reuse.position" key="position" />,
      ]}
    >
      {rows.map(({ country, position }) => (
        <tr key={country}>
          <th scope="row">
            <CountryName code={country} />
          </th>
          <td>
            {notConsidered === null ? (
              <FormattedMessage id="common.unknown" />
            ) : (
              <Consideration reasons={missing.filter((other) => other.country === country)} />
            )}
          </td>
          <td>{position === null ? <FormattedMessage id="common.unknown" /> : <Code>{position}</Code>}</td>
        </tr>
      ))}
    </Table>
  );
}

function Consideration({ reasons }: { readonly reasons: readonly Unconsidered[] }) {
  if (reasons.length === 0) return <FormattedMessage id="reuse.isConsidered" />;
  return (
    <>
      {reasons.map(({ reason, consideredUntil }) => (
        <p key={reason}>
          <FormattedMessage id={`reuse.notConsidered.${reason}`} />
          {consideredUntil !== null && (
            <>
              {' '}
              <FormattedMessage id="reuse.consideredUntil" values={{ time: <Moment time={consideredUntil} /> }} />
            </>
          )}
        </p>
      ))}
    </>
  );
}
