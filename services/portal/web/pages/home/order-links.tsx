import { FormattedMessage } from 'react-intl';
import { useLocation } from 'react-router';

import { PageLink } from '../../components/page-link.js';
import { homePath, withParameters } from '../../model/paths.js';
import { orders, type SearchQuery } from './data.js';

/** Links to the same solutions in other orders. */
export function OrderLinks({ query: { text, order } }: { readonly query: SearchQuery }) {
  const { search } = useLocation();
  return (
    <p className="filters">
      <FormattedMessage id="home.order" />
      {orders
        .filter((each) => each !== 'match' || text !== '')
        .map((each) => (
          <PageLink
            key={each}
            to={`${homePath}${withParameters(search, { order: each, after: undefined })}`}
            keepsPosition
            current={each === order ? 'true' : undefined}
          >
            <FormattedMessage id={`home.order.${each}`} />
          </PageLink>
        ))}
    </p>
  );
}
