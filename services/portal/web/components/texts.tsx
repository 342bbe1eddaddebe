import { type ReactNode, useMemo } from 'react';
import { createIntl, createIntlCache, type IntlShape, RawIntlProvider } from 'react-intl';

import { type Language, localeOf } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';

/**
 * Messages that were parsed, and formatters of dates and numbers, for all pages: an `IntlProvider` has a cache of its own, which is
 * empty for each page that the server renders, and to fill it takes a third of rendering. It is as large as the message files allow.
 */
const cache = createIntlCache();

/** What formats messages, dates and numbers in a language. Days have no time, so the time zone is UTC. */
export const createTexts = (language: Language, messages: Messages): IntlShape =>
  createIntl(
    {
      locale: localeOf(language),
      messages,
      timeZone: 'UTC',
    },
    cache,
  );

interface TextsProps {
  readonly language: Language;
  readonly messages: Messages;
  readonly children: ReactNode;
}

/** Provides the texts of a language to what it contains. */
export function Texts({ language, messages, children }: TextsProps) {
  const texts = useMemo(() => createTexts(language, messages), [language, messages]);
  return <RawIntlProvider value={texts}>{children}</RawIntlProvider>;
}
