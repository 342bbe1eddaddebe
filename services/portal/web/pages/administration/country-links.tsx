import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation } from 'react-router';

import { CountryName } from '../../components/country-name.js';
import { PageLink } from '../../components/page-link.js';
import { splitPath } from '../../model/languages.js';
import { withParameters } from '../../model/paths.js';

interface CountryLinksProps {
  readonly country: string;
  /** The id of the message that names the restriction. */
  readonly label: string;
  /** The list: its fragment of the address, and the search parameters of the restriction and of its cursor. */
  readonly list: string;
  readonly parameter: string;
  readonly cursor: string;
}

/** Restricts a list to the country of the administration. */
export function CountryLinks({ country, label, list, parameter, cursor }: CountryLinksProps) {
  const { pathname, search } = useLocation();
  const text = useIntl().formatMessage({ id: label });
  const path = splitPath(pathname)?.rest ?? pathname;
  const isAtHome = new URLSearchParams(search).has(parameter);
  const link = (value: string | undefined): string =>
    `${path}${withParameters(search, { [parameter]: value, [cursor]: undefined })}#${list}`;
  return (
    <nav aria-label={text} className="filters">
      <span>{text}</span>
      <PageLink to={link(undefined)} keepsPosition current={isAtHome ? undefined : 'true'}>
        <FormattedMessage id="common.all" />
      </PageLink>
      <PageLink to={link('1')} keepsPosition current={isAtHome ? 'true' : undefined}>
        <CountryName code={country} />
      </PageLink>
    </nav>
  );
}
