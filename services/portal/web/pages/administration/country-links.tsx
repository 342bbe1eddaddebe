import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import { CountryName } from '../../components/country-name.js';
import { PageLink } from '../../components/page-link.js';
import { splitPath } from '../../model/languages.js';
import { withParameters } from '../../model/paths.js';

interface CountryLinksProps {
  readonly country: string;
  readonly isAbroadLeftOut: boolean;
}

/** Restricts similar administrations to those of the same country. */
export function CountryLinks({ country, isAbroadLeftOut }: CountryLinksProps) {
  const { pathname, search } = useLocation();
  const label = useIntl().formatMessage({ id: 'common.country' });
  const path = splitPath(pathname)?.rest ?? pathname;
  const link = (peersAtHome: string | undefined): string =>
    `${path}${withParameters(search, { peersAtHome, peersAfter: undefined })}#peers`;
  return (
    <nav aria-label={label} className="filters">
      <PageLink to={link(undefined)} keepsPosition current={isAbroadLeftOut ? undefined : 'true'}>
        <FormattedMessage id="common.all" />
      </PageLink>
      <PageLink to={link('1')} keepsPosition current={isAbroadLeftOut ? 'true' : undefined}>
        <CountryName code={country} />
      </PageLink>
    </nav>
  );
}
