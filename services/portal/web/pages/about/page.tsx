import { FormattedMessage, useIntl } from 'react-intl';

import { PageTitle } from '../../components/page-title.js';

/** What the site is, where its data comes from, and what it stores of its readers. */
export function Page() {
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={formatMessage({ id: 'about.title' })} />
      <p className="lead">
        <FormattedMessage id="about.lead" />
      </p>
      <h2>
        <FormattedMessage id="about.privacy.title" />
      </h2>
      <p>
        <FormattedMessage id="about.privacy.text" />
      </p>
    </>
  );
}
