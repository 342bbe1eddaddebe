import type { PageName } from '../app/pages.js';
import type { Loader } from '../model/loader.js';
import { loadAbout } from '../pages/about/loader.js';
import { loadAcrossBorders } from '../pages/across-borders/loader.js';
import { loadAdministration } from '../pages/administration/loader.js';
import { loadCatalogue } from '../pages/catalogue/loader.js';
import { loadCatalogues } from '../pages/catalogues/loader.js';
import { loadCheck } from '../pages/check/loader.js';
import { loadConsortium } from '../pages/consortium/loader.js';
import { loadFormats } from '../pages/formats/loader.js';
import { loadHome } from '../pages/home/loader.js';
import { loadNeed } from '../pages/need/loader.js';
import { loadTimeline } from '../pages/timeline/loader.js';
import { loadSolution } from '../pages/solution/loader.js';
import { loadSuppliers } from '../pages/suppliers/loader.js';

/** Reads the data of each page. */
export const loaders: Readonly<Record<PageName, Loader<unknown>>> = {
  home: loadHome,
  administration: loadAdministration,
  need: loadNeed,
  check: loadCheck,
  suppliers: loadSuppliers,
  catalogues: loadCatalogues,
  catalogue: loadCatalogue,
  solution: loadSolution,
  about: loadAbout,
  formats: loadFormats,
  consortium: loadConsortium,
  acrossBorders: loadAcrossBorders,
  timeline: loadTimeline,
};
