import { renderToStaticMarkup } from 'react-dom/server';
import { StaticRouter } from 'react-router';

import { Failure } from '../app/page-failure.js';
import { Texts } from '../components/texts.js';
import type { Language } from '../model/languages.js';
import type { FailedPage, Messages } from '../model/page-content.js';
import { type Assets, assetPath } from './assets.js';
import { icon } from './icon.js';

interface FailureOptions {
  readonly language: Language;
  /** The texts of all pages. */
  readonly messages: Messages;
  readonly assets: Assets;
  readonly failure: FailedPage['failure'];
  /** Whether another site shows it in a frame, which must not become one of the portal's pages. */
  readonly isFramed: boolean;
}

/** Renders an error alone, without the rest of a page, which may be what fails: at other paths, in a frame, and after a crash. */
export function renderFailure(options: FailureOptions): string {
  return `<!doctype html>${renderToStaticMarkup(<FailureDocument {...options} />)}`;
}

const FailureDocument = ({ language, messages, assets, failure, isFramed }: FailureOptions) => (
  <Texts language={language} messages={messages}>
    <StaticRouter location={`/${language}/`}>
      <html lang={language}>
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          {isFramed && <base target="_blank" />}
          <link rel="stylesheet" href={assetPath(assets.styles)} />
          <link rel="icon" href={icon} type="image/svg+xml" />
        </head>
        <body>
          <main>
            <Failure {...failure} />
          </main>
        </body>
      </html>
    </StaticRouter>
  </Texts>
);
