import { consortiumGrowth } from './consortium-growth.js';
import { consortiumMembersMap } from './consortium-members-map.js';
import type { Picture } from './picture.js';
import { reuseMatrix } from './reuse-matrix.js';
import { solutionGrowth } from './solution-growth.js';
import { solutionUsersMap } from './solution-users-map.js';
import { timeline } from './timeline.js';

/** All pictures, by the names in their addresses. */
export const pictures: ReadonlyMap<string, Picture<never>> = new Map<string, Picture<never>>(
  Object.entries({
    'consortium-growth': consortiumGrowth,
    'consortium-members-map': consortiumMembersMap,
    'solution-growth': solutionGrowth,
    'solution-users-map': solutionUsersMap,
    'reuse-matrix': reuseMatrix,
    timeline,
  } as unknown as Readonly<Record<string, Picture<never>>>),
);
