import type { Loader } from '../../model/loader.js';

/** Nothing is read: the page has only texts. */
export const loadAbout: Loader<null> = () => Promise.resolve(null);
