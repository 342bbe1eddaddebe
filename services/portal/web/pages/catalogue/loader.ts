import type { Loader } from '../../model/loader.js';
import type { Catalogue, CatalogueData, CatalogueStatus, UnidentifiedUsers } from './data.js';

interface CatalogueResponse {
  readonly catalogues: readonly (Catalogue | null)[] | null;
  readonly catalogueStatus: readonly CatalogueStatus[] | null;
}

/** Loads the health of one catalogue, by the code of its country in the path. */
export const loadCatalogue: Loader<CatalogueData> = async ({ language, search, params, execute, found }) => {
  const country = (params['country'] ?? '').toUpperCase();
  const countries = [country];
  const [{ catalogues, catalogueStatus }, { adoptions }] = await Promise.all([
    execute<CatalogueResponse>('catalogue', { countries, language, after: search.get('after') ?? undefined }),
    execute<{ readonly adoptions: UnidentifiedUsers | null }>('unidentified-users', {
      countries,
      language,
      after: search.get('usersAfter') ?? undefined,
    }),
  ]);
  const catalogue = catalogues?.[0] ?? null;
  const status = catalogueStatus?.find((other) => other.country === country) ?? null;
  // A country that is down has a state in the index: that is what the page is for.
  found(catalogue ?? status);
  return { country, catalogue, status, unidentified: adoptions };
};
