import { FormattedMessage, useIntl } from 'react-intl';

import { formatCountry } from '../../components/country-name.js';
import { PageTitle } from '../../components/page-title.js';
import { SectionLinks } from '../../components/section-links.js';
import type { CatalogueData } from './data.js';
import { Disputes } from './disputes.js';
import { Facts } from './facts.js';
import { Freshness } from './freshness.js';
import { OpenUsers } from './open-users.js';
import { Quality } from './quality.js';
import { Refusals } from './refusals.js';
import { Unconfirmed } from './unconfirmed.js';

/** The health of a catalogue, for the team that keeps it: what the index read of it, what it rejected, and what is open. */
export function Page({ data: { country, catalogue, status, unidentified } }: { readonly data: CatalogueData }) {
  const intl = useIntl();
  return (
    <>
      <PageTitle title={intl.formatMessage({ id: 'catalogue.title' }, { country: formatCountry(intl, country) })} />
      <SectionLinks
        sections={{
          freshness: 'catalogue.freshness',
          refusals: 'catalogue.refusals',
          'open-users': 'catalogue.openUsers',
          unconfirmed: 'catalogue.unconfirmed',
          disputes: 'catalogue.disputes',
          quality: 'catalogue.quality',
        }}
      />
      <Freshness status={status} />
      <Refusals status={status} />
      <OpenUsers country={country} status={status} unidentified={unidentified} />
      <Unconfirmed status={status} />
      <Disputes status={status} />
      <Quality country={country} records={catalogue?.records ?? null} />
      {catalogue && (
        <section aria-labelledby="facts">
          <h2 id="facts">
            <FormattedMessage id="catalogue.facts" />
          </h2>
          <Facts catalogue={catalogue} />
        </section>
      )}
    </>
  );
}
