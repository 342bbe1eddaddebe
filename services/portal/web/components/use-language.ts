import { useIntl } from 'react-intl';

import { isLanguage, type Language } from '../model/languages.js';

/** The reader's language. The locale by which dates and numbers are written can be a variant of it. */
export function useLanguage(): Language {
  const language = useIntl().locale.slice(0, 2);
  return isLanguage(language) ? language : 'en';
}
