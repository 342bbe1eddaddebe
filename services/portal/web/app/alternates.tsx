import { useLocation } from 'react-router';

import { languages, splitPath } from '../model/languages.js';

/** The page in the other languages, for search engines. */
export function Alternates() {
  const { pathname, search } = useLocation();
  const rest = `${splitPath(pathname)?.rest ?? '/'}${search}`;
  return languages.map((language) => (
    <link key={language} rel="alternate" hrefLang={language} href={`/${language}${rest}`} />
  ));
}
