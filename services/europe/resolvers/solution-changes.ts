import { feedResolvers, resolveFeedPage } from '../../kit/graphql/feed.js';
import type { QueryResolvers, ResolversOf } from '../generated/resolver-types.js';

export const solutionChangeQueries: Required<Pick<QueryResolvers, 'solutionChanges'>> = {
  solutionChanges: (_root, { after, first }, { repositories }) =>
    resolveFeedPage(
      { after, first },
      { scope: 'changed solutions', findAfter: repositories.solutionChanges.findAfter },
    ),
};

export const solutionChangeConnectionResolvers: ResolversOf<'SolutionChangeConnection'> = feedResolvers;

export const solutionChangeResolvers: ResolversOf<'SolutionChange'> = {
  solution: async ({ solutionId }, _args, { loaders }) => {
    const solution = await loaders.solution.load(solutionId);
    // Its id may have become an address of another solution.
    return solution.row?.id === solutionId ? solution : null;
  },
};
