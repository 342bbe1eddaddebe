import type { PageInfo } from '../../components/pager.js';
import type { ReuseMatrix } from '../../pictures/reuse-matrix.js';

/** A solution of a cell of the matrix. */
export interface SharedSolution {
  readonly id: string;
  readonly name: string | null;
  readonly nameLanguage: string | null;
  readonly shortDescription: string | null;
  readonly shortDescriptionLanguage: string | null;
  readonly reuse:
    | readonly {
        readonly country: string;
        readonly adopters: number;
        readonly firstAdopted: string | null;
        readonly firstAdoptedPrecision: string | null;
        readonly knownSince: string | null;
      }[]
    | null;
}

export interface SharedSolutions {
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (SharedSolution | null)[];
}

/** The solutions behind a cell of the matrix. */
export interface CellSolutions {
  readonly from: string;
  readonly to: string;
  /** The day of the use. */
  readonly asOf: string;
  readonly solutions: SharedSolutions;
}

export interface AcrossBordersData {
  /** Null if it could not be read; the cell may be there all the same. */
  readonly matrix: ReuseMatrix | null;
  /** The day of the view. Null is today. */
  readonly asOf: string | null;
  /** Null if no cell was chosen. */
  readonly cell: CellSolutions | null;
}
