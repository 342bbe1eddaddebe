import type { Loader } from '../../model/loader.js';

/** The page contains nothing of the graph. */
export const loadFormats: Loader<object> = () => Promise.resolve({});
