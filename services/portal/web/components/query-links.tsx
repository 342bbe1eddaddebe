import { FormattedMessage } from 'react-intl';

import type { PageQuery } from '../model/page-content.js';

/** Links to the operations behind a page, in the playground: for developers, and for those who want to check a figure. */
export function QueryLinks({ queries }: { readonly queries: readonly PageQuery[] }) {
  if (queries.length === 0) return null;
  return (
    <p className="query-links">
      <FormattedMessage id="common.queries" values={{ count: queries.length }} />{' '}
      {queries.map((query, index) => (
        <a key={`${query.operation} ${index}`} href={toQueryPath(query)}>
          {query.operation}
        </a>
      ))}
    </p>
  );
}

/** The portal redirects to the playground: the text of an operation would make each page larger. */
function toQueryPath({ operation, variables }: PageQuery): string {
  const hasVariables = Object.keys(variables).length > 0;
  const search = hasVariables ? `?${new URLSearchParams({ variables: JSON.stringify(variables) }).toString()}` : '';
  return `/queries/${operation}${search}`;
}
