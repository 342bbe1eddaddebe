import { chooseAdministration } from '../../components/check/choose-administration.js';
import type { Loader, PageRequest } from '../../model/loader.js';
import { readSolutionGrowth } from '../../pictures/solution-growth.js';
import { readSolutionUsersMap } from '../../pictures/solution-users-map.js';
import type { Solution, SolutionData } from './data.js';

/** Reads a solution, with a page of its users. */
export const loadSolution: Loader<SolutionData> = async (request) => {
  const { language, params, search, execute, found, part, topicNames } = request;
  const address = params['*'] ?? '';
  const country = search.get('country');
  const asOf = search.get('asOf') || null;
  const [{ solution }, growth, usersMap, joining] = await Promise.all([
    execute<{ solution: Solution | null }>('solution', {
      address,
      language,
      countries: country === null ? undefined : [country],
      asOf: asOf ?? undefined,
      after: search.get('after') ?? undefined,
    }),
    part(readSolutionGrowth(request, address)),
    part(readSolutionUsersMap(request, address)),
    readJoining(request, address),
  ]);
  const categories = found(solution).categories ?? [];
  const shown = { solution: found(solution), country, asOf, topicNames: topicNames(categories) };
  return { ...shown, ...joining, growth, usersMap };
};

interface MayJoinResponse {
  readonly solution: Pick<SolutionData, 'mayJoin'> | null;
}

/** Reads whether the administration that the reader has chosen may join. */
async function readJoining(
  request: PageRequest,
  address: string,
): Promise<Pick<SolutionData, 'administration' | 'mayJoin'>> {
  const { language, execute, part } = request;
  const administration = await chooseAdministration(request);
  const { chosen } = administration;
  if (!chosen) return { administration, mayJoin: null };
  const response = await part(execute<MayJoinResponse>('may-join', { address, for: chosen.id, language }));
  return { administration, mayJoin: response?.solution?.mayJoin ?? null };
}
