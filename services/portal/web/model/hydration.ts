import type { Language } from './languages.js';
import type { Messages, PageContent } from './page-content.js';

/** The id of the element that holds the `Hydration` of a page, as JSON. */
export const hydrationId = 'page-data';

/** What the browser needs to take over a page that the server has rendered. */
export interface Hydration {
  readonly language: Language;
  /** The texts of all pages: `common.json` and `enums.json`. */
  readonly messages: Messages;
  /** The content of the page, by the name of its route. */
  readonly contents: Readonly<Record<string, PageContent>>;
}
