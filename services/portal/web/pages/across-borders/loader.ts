import { today } from '../../model/days.js';
import type { Loader, PageRequest } from '../../model/loader.js';
import { readReuseMatrix } from '../../pictures/reuse-matrix.js';
import type { AcrossBordersData, CellSolutions, SharedSolutions } from './data.js';

/** Reads who uses whose solutions, and the solutions of the chosen cell. */
export const loadAcrossBorders: Loader<AcrossBordersData> = async (request) => {
  const matrixRead = readReuseMatrix(request);
  // Without a cell, the matrix is all that the page shows.
  const [matrix, cell] = await Promise.all([
    hasCell(request.search) ? request.part(matrixRead) : matrixRead,
    readCell(request),
  ]);
  return { matrix, cell, asOf: request.search.get('asOf') || null };
};

const hasCell = (search: URLSearchParams): boolean => Boolean(search.get('from') && search.get('to'));

async function readCell({ search, language, execute, found }: PageRequest): Promise<CellSolutions | null> {
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  if (!hasCell(search)) return null;
  const asOf = search.get('asOf') || today();
  const { solutions } = await execute<{ solutions: SharedSolutions | null }>('reuse-cell', {
    publishedIn: from,
    usedIn: to,
    asOf,
    after: search.get('after') ?? undefined,
    language,
  });
  return { from, to, asOf, solutions: found(solutions) };
}
