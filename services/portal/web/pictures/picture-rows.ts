import type { GrowthSeries } from '../charts/growth.js';
import type { MapData } from '../maps/region-counts.js';
import type { PictureRow } from './picture.js';

/** What is counted and what is published, in rows that say which of them they are. */
export const seriesRows = ({ points, figures }: GrowthSeries): PictureRow[] => [
  ...points.map(({ asOf, count, dated, observed, complete }) => ({
    ...{ row: 'COUNTED', day: asOf, count, dated, observed, complete },
    ...{ relation: null, kind: null, outOf: null, share: null, statement: null, source: null },
  })),
  ...figures.map(({ asOf, count, relation, kind, outOf, share, statement, source }) => ({
    ...{ row: 'PUBLISHED', day: asOf, count, dated: null, observed: null, complete: null },
    ...{ relation, kind, outOf, share, statement, source },
  })),
];

/** How many are in each region, and how many are in none that is known. */
export const regionRows = ({ regions, names, elsewhere }: MapData): PictureRow[] => [
  ...regions.map(({ code, count }) => ({ nuts: code, name: names[code] ?? null, count })),
  ...(elsewhere > 0 ? [{ nuts: null, name: null, count: elsewhere }] : []),
];
