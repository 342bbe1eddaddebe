import { type ReactNode, useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useLocation, useNavigation } from 'react-router';

import { PageLink } from '../components/page-link.js';
import { useLanguage } from '../components/use-language.js';
import { languageNames, languages, splitPath } from '../model/languages.js';
import {
  aboutPath,
  acrossBordersPath,
  cataloguesPath,
  checkPath,
  formatsPath,
  homePath,
  suppliersPath,
  timelinePath,
} from '../model/paths.js';

/** What surrounds every page: navigation, languages, and the footer. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const isLoading = useNavigation().state === 'loading';
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(pathname);
  // A new page begins at its start for readers with a keyboard or a screen reader, too.
  useEffect(() => {
    if (shownPath.current !== pathname) main.current?.focus({ preventScroll: true });
    shownPath.current = pathname;
  }, [pathname]);
  return (
    <>
      <a className="skip-link" href="#main">
        <FormattedMessage id="common.skip" />
      </a>
      <header className="site-header">
        <PageLink to={homePath} className="site-name">
          <FormattedMessage id="common.site" />
        </PageLink>
        <Navigation />
        <LanguageSwitch />
      </header>
      <main id="main" ref={main} tabIndex={-1} aria-busy={isLoading}>
        {children}
      </main>
      <Footer />
    </>
  );
}

/** The pages that begin something, in the order in which a newcomer needs them. */
const sections = [
  { path: homePath, name: 'search' },
  { path: checkPath, name: 'check' },
  { path: suppliersPath, name: 'suppliers' },
  { path: cataloguesPath, name: 'catalogues' },
  { path: acrossBordersPath, name: 'acrossBorders' },
  { path: timelinePath, name: 'timeline' },
  { path: aboutPath, name: 'about' },
] as const;

function Navigation() {
  const { formatMessage } = useIntl();
  const rest = splitPath(useLocation().pathname)?.rest ?? '';
  return (
    <nav className="site-navigation" aria-label={formatMessage({ id: 'common.navigation.label' })}>
      <ul>
        {sections.map(({ path, name }) => (
          <li key={name}>
            <PageLink to={path} current={rest === path ? 'page' : undefined}>
              <FormattedMessage id={`common.navigation.${name}`} />
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Links to the same view in the other languages. They load the page again, with the texts of that language. */
function LanguageSwitch() {
  const { formatMessage } = useIntl();
  const chosen = useLanguage();
  const { pathname, search } = useLocation();
  const rest = `${splitPath(pathname)?.rest ?? '/'}${search}`;
  return (
    <nav className="languages" aria-label={formatMessage({ id: 'common.languages' })}>
      <ul>
        {languages.map((language) => (
          <li key={language}>
            <a
              href={`/${language}${rest}`}
              hrefLang={language}
              lang={language}
              aria-current={language === chosen ? 'true' : undefined}
            >
              {languageNames[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const Footer = () => (
  <footer className="site-footer">
    <p>
      <FormattedMessage id="common.footer.sources" />{' '}
      <PageLink to={aboutPath}>
        <FormattedMessage id="common.footer.about" />
      </PageLink>
    </p>
    <p>
      <PageLink to={formatsPath}>
        <FormattedMessage id="common.footer.formats" />
      </PageLink>
    </p>
  </footer>
);
