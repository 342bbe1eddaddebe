import { FormattedMessage, useIntl } from 'react-intl';

import { AsOfForm } from '../../components/as-of-form.js';
import { Figure } from '../../components/figure/figure.js';
import { MissingFigure } from '../../components/figure/missing-figure.js';
import { PageTitle } from '../../components/page-title.js';
import { CellSection } from './cell-section.js';
import type { AcrossBordersData } from './data.js';
import { MatrixTable } from './matrix-table.js';

/** Who uses whose solutions, and which solutions they are. */
export function Page({ data: { matrix, asOf, cell } }: { readonly data: AcrossBordersData }) {
  const { formatMessage } = useIntl();
  const title = formatMessage({ id: 'figures.title.matrix' });
  return (
    <>
      <PageTitle title={formatMessage({ id: 'acrossBorders.title' })} />
      <p className="lead">
        <FormattedMessage id="acrossBorders.lead" />
      </p>
      <AsOfForm asOf={asOf} />
      <h2 id="matrix">
        <FormattedMessage id="acrossBorders.matrix" />
      </h2>
      {matrix ? (
        <>
          <p>
            <FormattedMessage id="acrossBorders.matrix.hint" />
          </p>
          <MatrixTable cells={matrix.cells} asOf={asOf} cell={cell} />
        </>
      ) : (
        <MissingFigure title={title} />
      )}
      {cell && <CellSection cell={cell} />}
      {matrix && (
        <Figure picture="reuse-matrix" parameters={{ asOf }} alt={title}>
          <p className="quiet">
            <FormattedMessage id="acrossBorders.limits" />
          </p>
        </Figure>
      )}
    </>
  );
}
