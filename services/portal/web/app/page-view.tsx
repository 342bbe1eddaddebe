import type { ComponentType } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { useLoaderData } from 'react-router';

import { MissingCatalogues } from '../components/missing-catalogues.js';
import { QueryLinks } from '../components/query-links.js';
import { isFailed, type PageContent } from '../model/page-content.js';
import { Failure } from './page-failure.js';

/** A page with its texts, what it lacks, and links to its operations; or the error instead of it. */
export function PageView({ Page }: { readonly Page?: ComponentType<{ data: never }> }) {
  const content = useLoaderData<PageContent>();
  const { locale, messages } = useIntl();
  if (isFailed(content))
    return (
      <>
        <MissingCatalogues missing={content.missing ?? []} />
        <Failure {...content.failure} />
      </>
    );
  return (
    <IntlProvider locale={locale} messages={{ ...messages, ...content.messages } as never} timeZone="UTC">
      <MissingCatalogues missing={content.missing} />
      {Page && <Page data={content.data as never} />}
      <QueryLinks queries={content.queries} />
    </IntlProvider>
  );
}
