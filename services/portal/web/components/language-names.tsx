import { type IntlShape, useIntl } from 'react-intl';

import { Unknown } from './unknown.js';

/** The names of languages in the reader's language. */
export function LanguageNames({ tags }: { readonly tags: readonly string[] }) {
  const intl = useIntl();
  if (tags.length === 0) return <Unknown />;
  return <bdi>{intl.formatList(tags.map((tag) => formatLanguage(intl, tag)))}</bdi>;
}

/** The name of a language by its BCP 47 tag; the tag itself if it is none. */
export function formatLanguage(intl: IntlShape, tag: string): string {
  // What is not written like a tag is an error of Intl.
  const isTag = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag);
  return isTag ? (intl.formatDisplayName(tag, { type: 'language' }) ?? tag) : tag;
}
