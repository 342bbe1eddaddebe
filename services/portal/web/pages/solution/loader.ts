import type { Loader } from '../../model/loader.js';
import { readSolutionGrowth } from '../../pictures/solution-growth.js';
import { readSolutionUsersMap } from '../../pictures/solution-users-map.js';
import type { Solution, SolutionData } from './data.js';

/** Reads a solution, with a page of its users. */
export const loadSolution: Loader<SolutionData> = async (request) => {
  const { language, params, search, execute, found, part, topicNames } = request;
  const address = params['*'] ?? '';
  const country = search.get('country');
  const [{ solution }, growth, usersMap] = await Promise.all([
    execute<{ solution: Solution | null }>('solution', {
      address,
      language,
      countries: country === null ? undefined : [country],
      after: search.get('after') ?? undefined,
    }),
    part(readSolutionGrowth(request, address)),
    part(readSolutionUsersMap(request, address)),
  ]);
  const categories = found(solution).categories ?? [];
  return { solution: found(solution), country, topicNames: topicNames(categories), growth, usersMap };
};
