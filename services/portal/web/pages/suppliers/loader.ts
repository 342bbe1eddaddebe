import type { Loader } from '../../model/loader.js';
import type { SuppliersData } from './data.js';

/** As long as the graph allows a search to be. */
const maxSearch = 100;

/** Loads the suppliers whose names fit a search, or all. */
export const loadSuppliers: Loader<SuppliersData> = async ({ language, search, execute }) => {
  const text = search.get('q')?.trim().slice(0, maxSearch) ?? '';
  const { suppliers } = await execute<Pick<SuppliersData, 'suppliers'>>('suppliers', {
    search: text === '' ? undefined : text,
    language,
    after: search.get('after') ?? undefined,
  });
  return { text, suppliers };
};
