import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import type { StateCount } from '../../components/check/check-data.js';
import { EnumText } from '../../components/enum-text.js';
import { PageLink } from '../../components/page-link.js';
import { splitPath } from '../../model/languages.js';
import { withParameters } from '../../model/paths.js';

interface StateLinksProps {
  /** The states that occur. */
  readonly states: readonly StateCount[];
  /** The one that the list is restricted to. */
  readonly state: string | null;
}

/** Restricts the list of holders to those in one state. */
export function StateLinks({ states, state }: StateLinksProps) {
  const { pathname, search } = useLocation();
  const label = useIntl().formatMessage({ id: 'common.state' });
  const path = splitPath(pathname)?.rest ?? pathname;
  const link = (value: string | undefined): string =>
    `${path}${withParameters(search, { state: value, after: undefined })}#holders`;
  if (states.length < 2 && state === null) return null;
  return (
    <nav aria-label={label} className="filters">
      <PageLink to={link(undefined)} keepsPosition current={state === null ? 'true' : undefined}>
        <FormattedMessage id="common.all" />
      </PageLink>
      {states.map(({ state: value }) => (
        <PageLink key={value} to={link(value)} keepsPosition current={state === value ? 'true' : undefined}>
          <EnumText of="needState" value={value} />
        </PageLink>
      ))}
    </nav>
  );
}
