import { FormattedMessage, useIntl } from 'react-intl';

import { PageLink } from '../components/page-link.js';
import { PageTitle } from '../components/page-title.js';
import { homePath } from '../model/paths.js';

/** The page of an error that the server reports, by its status. */
export function Failure({ status, code }: { readonly status: number; readonly code: string }) {
  const { formatMessage } = useIntl();
  const kind = kindOf(status);
  return (
    <>
      <PageTitle title={formatMessage({ id: `common.failure.${kind}.title` })} />
      <p>
        <FormattedMessage id={`common.failure.${kind}.text`} />
      </p>
      <p className="quiet">
        <FormattedMessage id="common.failure.code" values={{ code: <code key="code">{code}</code> }} />
      </p>
      <p>
        <PageLink to={homePath}>
          <FormattedMessage id="common.failure.home" />
        </PageLink>
      </p>
    </>
  );
}

/** The page of a fault in the page itself. */
export const PageFailure = () => <Failure status={500} code="INTERNAL_SERVER_ERROR" />;

function kindOf(status: number): 'notFound' | 'tooMany' | 'invalid' | 'unavailable' {
  if (status === 404) return 'notFound';
  if (status === 429) return 'tooMany';
  return status < 500 ? 'invalid' : 'unavailable';
}
