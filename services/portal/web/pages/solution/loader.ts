import type { Loader } from '../../model/loader.js';
import type { Solution, SolutionData } from './data.js';

/** Reads a solution, with a page of its users. */
export const loadSolution: Loader<SolutionData> = async ({ language, params, search, execute, found, topicNames }) => {
  const country = search.get('country');
  const { solution } = await execute<{ solution: Solution | null }>('solution', {
    address: params['*'] ?? '',
    language,
    countries: country === null ? undefined : [country],
    after: search.get('after') ?? undefined,
  });
  const categories = found(solution).categories ?? [];
  return { solution: found(solution), country, topicNames: topicNames(categories) };
};
