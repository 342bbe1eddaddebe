import { FormattedMessage, FormattedNumber } from 'react-intl';

import { DateText } from '../components/date-text.js';
import { Table } from '../components/table.js';
import { Unknown } from '../components/unknown.js';
import type { CountPoint } from './growth.js';

/** The counts of a picture of growth, as a table: those of each first of January, and the last one. */
export function GrowthTable({ points }: { readonly points: readonly CountPoint[] }) {
  const shown = points.filter(({ asOf }, index) => asOf.endsWith('-01-01') || index === points.length - 1);
  const head = ['day', 'known', 'dated', 'observed', 'complete'].map((name) => (
    <FormattedMessage key={name} id={`figures.table.${name}`} />
  ));
  return (
    <Table caption={<FormattedMessage id="figures.asTable" />} head={head}>
      {shown.map(({ asOf, count, dated, observed, complete }) => (
        <tr key={asOf}>
          <th scope="row">
            <DateText date={asOf} />
          </th>
          <td className="number">
            <FormattedNumber value={count} />
          </td>
          <NumberCell value={dated} />
          <NumberCell value={observed} />
          <td>
            <Completeness complete={complete} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** A number, or that it is not known. */
const NumberCell = ({ value }: { readonly value: number | null }) => (
  <td className="number">{value === null ? <Unknown /> : <FormattedNumber value={value} />}</td>
);

function Completeness({ complete }: Pick<CountPoint, 'complete'>) {
  if (complete === null) return <Unknown />;
  return <FormattedMessage id={complete ? 'figures.table.complete.yes' : 'figures.table.complete.no'} />;
}
