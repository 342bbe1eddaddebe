import type { PageName } from '../app/pages.js';
import type { Loader } from '../model/loader.js';
import { loadAbout } from '../pages/about/loader.js';
import { loadHome } from '../pages/home/loader.js';

/** Reads the data of each page. */
export const loaders: Readonly<Record<PageName, Loader<unknown>>> = {
  home: loadHome,
  about: loadAbout,
};
