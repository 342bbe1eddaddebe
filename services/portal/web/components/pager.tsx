import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import { splitPath } from '../model/languages.js';
import { withParameters } from '../model/paths.js';
import { PageLink } from './page-link.js';

/** Where a page of a list ends, as the graph states it. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface PagerProps {
  readonly pageInfo: PageInfo;
  /** The search parameter that holds the cursor. Default: `after`. */
  readonly parameter?: string;
}

/** Links to the start of a list and to its next page. */
export function Pager({ pageInfo: { hasNextPage, endCursor }, parameter = 'after' }: PagerProps) {
  const { formatMessage } = useIntl();
  const { pathname, search } = useLocation();
  const path = splitPath(pathname)?.rest ?? pathname;
  const isFirst = !new URLSearchParams(search).has(parameter);
  if (isFirst && !hasNextPage) return null;
  return (
    <nav className="pager" aria-label={formatMessage({ id: 'common.pager.label' })}>
      {!isFirst && (
        <PageLink to={`${path}${withParameters(search, { [parameter]: undefined })}`}>
          <FormattedMessage id="common.pager.first" />
        </PageLink>
      )}
      {hasNextPage && endCursor !== null && (
        <PageLink to={`${path}${withParameters(search, { [parameter]: endCursor })}`}>
          <FormattedMessage id="common.pager.next" />
        </PageLink>
      )}
    </nav>
  );
}
