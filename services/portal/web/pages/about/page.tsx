import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';

import { ExternalLink } from '../../components/external-link.js';
import { PageLink } from '../../components/page-link.js';
import { PageTitle } from '../../components/page-title.js';
import { formatsPath } from '../../model/paths.js';
import { Catalogues } from './catalogues.js';
import type { AboutData, MapSource } from './data.js';

/** The texts of the page, in their order. The catalogues follow the first. */
const sections = ['reading', 'licences', 'privacy', 'accessibility', 'developers'] as const;

/** What the site is, where its data comes from, and what it stores of its readers. */
export function Page({ data: { catalogues, mapSources } }: { readonly data: AboutData }) {
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={formatMessage({ id: 'about.title' })} />
      <p className="lead">
        <FormattedMessage id="about.lead" />
      </p>
      <Catalogues catalogues={catalogues} />
      {sections.map((section) => (
        <section key={section} aria-labelledby={section} className="prose">
          <h2 id={section}>
            <FormattedMessage id={`about.${section}.title`} />
          </h2>
          <p>
            <FormattedMessage id={`about.${section}.text`} values={{ formats: toFormats, graph: toGraph }} />
          </p>
          {section === 'licences' && <MapSources sources={mapSources} />}
        </section>
      ))}
    </>
  );
}

/** From where the boundaries on maps are, and under which licences. */
const MapSources = ({ sources }: { readonly sources: readonly MapSource[] }) => (
  <>
    <p>
      <FormattedMessage id="about.maps" />
    </p>
    <ul>
      {sources.map(({ attribution, source, licence }) => (
        <li key={source}>
          {attribution}: <ExternalLink href={source} /> ({licence})
        </li>
      ))}
    </ul>
  </>
);

const toFormats = (words: ReactNode) => (
  <PageLink key="formats" to={formatsPath}>
    {words}
  </PageLink>
);

const toGraph = (words: ReactNode) => (
  <a key="graph" href="/queries/europe-today">
    {words}
  </a>
);
