import { type ComponentType, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useLoaderData } from 'react-router';

import { MissingCatalogues } from '../components/missing-catalogues.js';
import { QueryLinks } from '../components/query-links.js';
import { Texts } from '../components/texts.js';
import { useLanguage } from '../components/use-language.js';
import { isFailed, type Messages, type PageContent } from '../model/page-content.js';
import { Failure } from './page-failure.js';

/** A page with its texts, what it lacks, and links to its operations; or the error instead of it. */
export function PageView({ Page }: { readonly Page?: ComponentType<{ data: never }> }) {
  const content = useLoaderData<PageContent>();
  const language = useLanguage();
  const { messages: common } = useIntl();
  const own = isFailed(content) ? undefined : content.messages;
  const messages = useMemo(() => ({ ...common, ...own }) as Messages, [common, own]);
  if (isFailed(content))
    return (
      <>
        <MissingCatalogues missing={content.missing ?? []} />
        <Failure {...content.failure} />
      </>
    );
  return (
    <Texts language={language} messages={messages}>
      <MissingCatalogues missing={content.missing} />
      {Page && <Page data={content.data as never} />}
      <QueryLinks queries={content.queries} />
    </Texts>
  );
}
