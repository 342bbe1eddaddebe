import type { Loader } from '../../model/loader.js';
import type { EuropeToday, FoundSolutions, HomeData } from './data.js';

/** Reads the results of a search; without one, the figures for Europe. */
export const loadHome: Loader<HomeData> = async ({ language, search, execute, found }) => {
  const text = (search.get('q') ?? '').trim();
  if (text === '') return { text, results: null, europe: await execute<EuropeToday>('europe-today') };
  const { solutions } = await execute<{ solutions: FoundSolutions | null }>('search-solutions', {
    search: text,
    language,
    after: search.get('after') ?? undefined,
  });
  return { text, results: found(solutions), europe: null };
};
