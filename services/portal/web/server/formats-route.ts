import type { Route } from '../../http/route.js';
import { formatsPath } from '../model/paths.js';
import { chooseLanguage } from './choose-language.js';
import { wantsPage } from './page-errors.js';

/** What the portal serves, for `/formats`. */
export interface Format {
  /** The path, with `{…}` for its parts. */
  readonly path: string;
  readonly description: string;
}

/** Lists the formats for programs: `/` refers to it in `Link`. Readers are redirected to the page in their language. */
export const formatsRoute = (formats: readonly Format[]): Route => ({
  path: '/formats',
  get: (request, response) => {
    response.vary('accept');
    if (wantsPage(request))
      response
        .vary('accept-language')
        .redirect(302, `/${chooseLanguage(request.headers['accept-language'])}${formatsPath}`);
    else response.json({ formats });
  },
});
