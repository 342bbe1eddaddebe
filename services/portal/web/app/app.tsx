import { Outlet, ScrollRestoration } from 'react-router';

import { PublicOriginContext } from '../components/public-origin.js';
import { Texts } from '../components/texts.js';
import type { Language } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';
import type { PublicOrigin } from '../model/public-origin.js';
import { Alternates } from './alternates.js';
import { Interactive } from './interactive.js';
import { Layout } from './layout.js';

interface AppProps {
  readonly language: Language;
  /** The texts of all pages. */
  readonly messages: Messages;
  readonly publicOrigin: () => PublicOrigin;
}

/** The document of every page. The server adds scripts and styles to it, which are named after their content. */
export const App = ({ language, messages, publicOrigin }: AppProps) => (
  <Texts language={language} messages={messages}>
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Alternates />
      </head>
      <body>
        <PublicOriginContext value={publicOrigin()}>
          <Layout>
            <Outlet />
          </Layout>
        </PublicOriginContext>
        <ScrollRestoration />
        <Interactive />
      </body>
    </html>
  </Texts>
);
