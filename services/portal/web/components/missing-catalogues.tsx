import { FormattedMessage, useIntl } from 'react-intl';

import type { MissingCatalogue } from '../model/page-content.js';
import { formatCountry } from './country-name.js';

/** Names the catalogues that a page lacks, and those whose data may be out of date. */
export function MissingCatalogues({ missing }: { readonly missing: readonly MissingCatalogue[] }) {
  const intl = useIntl();
  const names = (isStale: boolean): string[] =>
    missing
      .filter(({ state }) => (state === 'STALE') === isStale)
      .map(({ name }) =>
        name === 'europe' ? intl.formatMessage({ id: 'common.missing.index' }) : formatCountry(intl, name),
      );
  const [absent, stale] = [names(false), names(true)];
  if (missing.length === 0) return null;
  return (
    <aside className="notice" role="status">
      {absent.length > 0 && (
        <p>
          <FormattedMessage
            id="common.missing.absent"
            values={{ names: intl.formatList(absent), count: absent.length }}
          />
        </p>
      )}
      {stale.length > 0 && (
        <p>
          <FormattedMessage id="common.missing.stale" values={{ names: intl.formatList(stale), count: stale.length }} />
        </p>
      )}
    </aside>
  );
}
