import { FormattedMessage, useIntl } from 'react-intl';

import { AdministrationChoices } from '../../components/check/administration-field.js';
import { PageLink } from '../../components/page-link.js';
import { PageTitle } from '../../components/page-title.js';
import { suppliersPath } from '../../model/paths.js';
import { CheckForm } from './check-form.js';
import { CheckReport } from './check-report.js';
import type { CheckData } from './data.js';

/** A check whether there is a solution for a need already, as a short form; and the record of a check, to be filed. */
export function Page({ data }: { readonly data: CheckData }) {
  const title = useIntl().formatMessage({ id: data.repeated ? 'check.recordTitle' : 'check.title' });
  return (
    <>
      <PageTitle title={title} />
      {!data.repeated && (
        <>
          <p className="lead">
            <FormattedMessage id="check.introduction" />
          </p>
          <CheckForm {...data} />
          {!data.check && (
            <p>
              <PageLink to={suppliersPath}>
                <FormattedMessage id="check.suppliers" />
              </PageLink>
            </p>
          )}
        </>
      )}
      <AdministrationChoices {...data.administration} />
      {data.check && <CheckReport {...data} check={data.check} />}
    </>
  );
}
