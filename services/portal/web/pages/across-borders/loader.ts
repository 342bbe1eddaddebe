import type { Loader, PageRequest } from '../../model/loader.js';
import { readReuseMatrix } from '../../pictures/reuse-matrix.js';
import type { AcrossBordersData, CellSolutions, SharedSolutions } from './data.js';

/** Reads who uses whose solutions, and the solutions of the chosen cell. */
export const loadAcrossBorders: Loader<AcrossBordersData> = async (request) => {
  const [matrix, cell] = await Promise.all([readReuseMatrix(request), readCell(request)]);
  return { matrix, cell, asOf: request.search.get('asOf') || null };
};

async function readCell({ search, language, execute, found }: PageRequest): Promise<CellSolutions | null> {
  const [from, to] = [search.get('from'), search.get('to')];
  if (!from || !to) return null;
  const { solutions } = await execute<{ solutions: SharedSolutions | null }>('reuse-cell', {
    publishedIn: from,
    usedIn: to,
    after: search.get('after') ?? undefined,
    language,
  });
  return { from, to, solutions: found(solutions) };
}
