import { FormattedMessage, FormattedNumber } from 'react-intl';

import { Table } from '../components/table.js';
import type { MapData } from './region-counts.js';

/** The numbers of a map, as a table. */
export function RegionsTable({ map: { regions, names, elsewhere } }: { readonly map: MapData }) {
  const head = ['region', 'count'].map((name) => <FormattedMessage key={name} id={`figures.table.${name}`} />);
  return (
    <Table caption={<FormattedMessage id="figures.asTable" />} head={head}>
      {regions.map(({ code, count }) => (
        <tr key={code}>
          <th scope="row">
            {names[code]} <span className="quiet">{code}</span>
          </th>
          <td className="number">
            <FormattedNumber value={count} />
          </td>
        </tr>
      ))}
      {elsewhere > 0 && (
        <tr>
          <th scope="row">
            <FormattedMessage id="figures.table.elsewhere" />
          </th>
          <td className="number">
            <FormattedNumber value={elsewhere} />
          </td>
        </tr>
      )}
    </Table>
  );
}
