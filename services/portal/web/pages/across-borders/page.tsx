import { FormattedMessage, useIntl } from 'react-intl';

import { AsOfForm } from '../../components/as-of-form.js';
import { Figure } from '../../components/figure/figure.js';
import { PageTitle } from '../../components/page-title.js';
import { CellSection } from './cell-section.js';
import type { AcrossBordersData } from './data.js';
import { MatrixTable } from './matrix-table.js';

/** Who uses whose solutions, and which solutions they are. */
export function Page({ data: { matrix, asOf, cell } }: { readonly data: AcrossBordersData }) {
  const { formatMessage } = useIntl();
  const table = <MatrixTable cells={matrix.cells} asOf={asOf} cell={cell} />;
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
      <p>
        <FormattedMessage id="acrossBorders.matrix.hint" />
      </p>
      {table}
      {cell && <CellSection cell={cell} />}
      <Figure picture="reuse-matrix" parameters={{ asOf }} alt={formatMessage({ id: 'figures.title.matrix' })}>
        <p className="quiet">
          <FormattedMessage id="acrossBorders.limits" />
        </p>
      </Figure>
    </>
  );
}
