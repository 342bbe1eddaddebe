import type { Loader } from '../../model/loader.js';
import type { CataloguesData, CatalogueTitle } from './data.js';

interface CataloguesResponse {
  readonly catalogues: readonly (CatalogueTitle | null)[] | null;
  readonly catalogueStatus: CataloguesData['statuses'];
}

/** Loads the state of all catalogues: with the index alone, or with the catalogues alone, the page has what there is. */
export const loadCatalogues: Loader<CataloguesData> = async ({ language, execute }) => {
  const { catalogues, catalogueStatus } = await execute<CataloguesResponse>('catalogues', { language });
  return { statuses: catalogueStatus, titles: (catalogues ?? []).filter((catalogue) => catalogue !== null) };
};
