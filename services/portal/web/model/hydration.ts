import type { Language } from './languages.js';
import type { Messages, PageContent } from './page-content.js';
import type { PublicOrigin } from './public-origin.js';

/** The id of the element that holds the `Hydration` of a page, as JSON. */
export const hydrationId = 'page-data';

/** The header of the data of a page that states the version of the pages. */
export const versionHeader = 'x-page-version';

/** What the browser needs to take over a page that the server has rendered. */
export interface Hydration {
  readonly language: Language;
  /** The texts of all pages: `common.json` and `enums.json`. */
  readonly messages: Messages;
  readonly publicOrigin: PublicOrigin;
  /** Which version of the pages this is. */
  readonly version: string;
  /** The content of the page, by the name of its route. */
  readonly contents: Readonly<Record<string, PageContent>>;
}
