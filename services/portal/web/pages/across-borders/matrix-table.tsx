import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';

import { CountryName, formatCountry } from '../../components/country-name.js';
import { PageLink } from '../../components/page-link.js';
import { cellOf, countriesOf, heatLevel, type ReuseCell } from '../../charts/matrix.js';
import { acrossBordersPath, withParameters } from '../../model/paths.js';
import type { CellSolutions } from './data.js';

interface MatrixTableProps {
  readonly cells: readonly ReuseCell[];
  readonly asOf: string | null;
  /** The cell that is shown. */
  readonly cell: CellSolutions | null;
}

/** The matrix as a table, coloured as a heat map. Each number leads to the solutions behind it. */
export function MatrixTable({ cells, asOf, cell: shown }: MatrixTableProps) {
  const countries = countriesOf(cells);
  return (
    <div className="table" role="group" aria-labelledby="matrix" tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <td>
              <FormattedMessage id="figures.matrix.publishedIn" /> ↓ <FormattedMessage id="figures.matrix.usedIn" /> →
            </td>
            {countries.map((country) => (
              <th key={country} scope="col">
                <CountryName code={country} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {countries.map((from) => (
            <tr key={from}>
              <th scope="row">
                <CountryName code={from} />
              </th>
              {countries.map((to) => (
                <MatrixCell
                  key={to}
                  from={from}
                  to={to}
                  cell={cellOf(cells, from, to)}
                  asOf={asOf}
                  isShown={shown?.from === from && shown.to === to}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface MatrixCellProps {
  readonly from: string;
  readonly to: string;
  /** Undefined: no use is known. */
  readonly cell: ReuseCell | undefined;
  readonly asOf: string | null;
  readonly isShown: boolean;
}

function MatrixCell({ from, to, cell, asOf, isShown }: MatrixCellProps) {
  const intl = useIntl();
  if (!cell) return <td className="heat-0">0</td>;
  const label = intl.formatMessage(
    { id: 'acrossBorders.cell.label' },
    {
      from: formatCountry(intl, from),
      to: formatCountry(intl, to),
      adoptions: cell.adoptions,
      solutions: cell.solutions,
      dated: cell.dated ?? 0,
    },
  );
  const search = withParameters('', { asOf: asOf ?? undefined, from, to });
  return (
    <td className={`heat-${heatLevel(cell.adoptions)}`}>
      <PageLink to={`${acrossBordersPath}${search}`} keepsPosition current={isShown ? 'true' : undefined}>
        <FormattedNumber value={cell.adoptions} />
        <span className="visually-hidden">{label}</span>
      </PageLink>
      <small aria-hidden="true">
        <FormattedMessage id="figures.matrix.solutions" values={{ count: cell.solutions }} />
      </small>
    </td>
  );
}
