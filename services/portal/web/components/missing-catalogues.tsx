import { type IntlShape, useIntl } from 'react-intl';

import type { MissingCatalogue } from '../model/page-content.js';
import { formatCountry } from './country-name.js';

/** Names the catalogues that a page lacks, and those whose data may be out of date. */
export function MissingCatalogues({ missing }: { readonly missing: readonly MissingCatalogue[] }) {
  const sentences = describeMissing(useIntl(), missing);
  if (sentences.length === 0) return null;
  return (
    <aside className="notice" role="status">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </aside>
  );
}

/** What is missing, in a sentence for the catalogues that did not respond and one for those that may be out of date. */
export function describeMissing(intl: IntlShape, missing: readonly MissingCatalogue[]): string[] {
  const describe = (id: string, catalogues: readonly MissingCatalogue[]): string[] => {
    const names = catalogues.map(({ name }) => formatName(intl, name));
    return names.length === 0
      ? []
      : [intl.formatMessage({ id }, { names: intl.formatList(names), count: names.length })];
  };
  return [
    ...describe(
      'common.missing.absent',
      missing.filter(({ state }) => state !== 'STALE'),
    ),
    ...describe(
      'common.missing.stale',
      missing.filter(({ state }) => state === 'STALE'),
    ),
  ];
}

/** A country, the index, or a part of the graph that has no name for readers. */
function formatName(intl: IntlShape, name: string): string {
  if (/^[A-Z]{2}$/.test(name)) return formatCountry(intl, name);
  return intl.formatMessage({ id: name === 'europe' ? 'common.missing.index' : 'common.missing.part' });
}
