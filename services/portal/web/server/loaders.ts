import type { PageName } from '../app/pages.js';
import type { Loader } from '../model/loader.js';
import { loadAbout } from '../pages/about/loader.js';
import { loadAdministration } from '../pages/administration/loader.js';
import { loadCatalogue } from '../pages/catalogue/loader.js';
import { loadCatalogues } from '../pages/catalogues/loader.js';
import { loadCheck } from '../pages/check/loader.js';
import { loadHome } from '../pages/home/loader.js';
import { loadNeed } from '../pages/need/loader.js';

/** Reads the data of each page. */
export const loaders: Readonly<Record<PageName, Loader<unknown>>> = {
  home: loadHome,
  administration: loadAdministration,
  need: loadNeed,
  check: loadCheck,
  catalogues: loadCatalogues,
  catalogue: loadCatalogue,
  about: loadAbout,
};
