import { renderToStaticMarkup } from 'react-dom/server';
import { FormattedMessage } from 'react-intl';

import { PictureImage } from '../components/figure/picture-image.js';
import { Texts } from '../components/texts.js';
import type { Language } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';
import { type Assets, assetPath } from './assets.js';
import { icon } from './icon.js';

interface EmbedOptions {
  readonly language: Language;
  readonly messages: Messages;
  readonly assets: Assets;
  /** The name of the picture. */
  readonly name: string;
  readonly search: URLSearchParams;
  readonly title: string;
  /** What is missing from the data. */
  readonly notes: readonly string[];
  /** The page that the picture is from. */
  readonly page: string;
}

/** Renders a page with a picture alone, which other sites show in a frame: without scripts, so that it is shown at once. */
export function renderEmbed(options: EmbedOptions): string {
  return `<!doctype html>${renderToStaticMarkup(<Embed {...options} />)}`;
}

const Embed = ({ language, messages, assets, name, search, title, notes, page }: EmbedOptions) => (
  <Texts language={language} messages={messages}>
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={assetPath(assets.styles)} />
        <link rel="icon" href={icon} type="image/svg+xml" />
        <title>{title}</title>
      </head>
      <body className="embed">
        <main>
          <h1 className="visually-hidden">{title}</h1>
          <figure className="picture">
            <PictureImage picture={name} parameters={Object.fromEntries(search)} alt={title} />
            <figcaption>
              {notes.map((note) => (
                <p key={note} className="notice">
                  {note}
                </p>
              ))}
              <p>
                <a href={`/${language}${page}`} target="_blank" rel="noopener">
                  <FormattedMessage id="charts.embed.more" />
                </a>
              </p>
            </figcaption>
          </figure>
        </main>
      </body>
    </html>
  </Texts>
);
