import type { GrowthSeries } from '../charts/growth.js';
import type { MunicipalMap } from '../maps/municipality-map.js';
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

/**
 * What a map shows, in rows that say what they are about: how many are in each region, each municipality that is drawn, and how many
 * are in none of them.
 */
export function mapRows(
  { regions, names, elsewhere }: MapData,
  municipalities: MunicipalMap | undefined,
): PictureRow[] {
  const region = (nuts: string | null, count: number): PictureRow => ({
    ...{ row: 'REGION', country: nuts?.slice(0, 2) ?? null, nuts, lau: null },
    ...{ name: nuts === null ? null : (names[nuts] ?? null), count },
  });
  const municipality = (
    lau: string | null,
    country: string | null,
    name: string | null,
    count: number,
  ): PictureRow => ({
    ...{ row: 'MUNICIPALITY', country, nuts: null, lau, name, count },
  });
  return [
    ...regions.map(({ code, count }) => region(code, count)),
    ...(elsewhere > 0 ? [region(null, elsewhere)] : []),
    ...(municipalities?.shapes ?? []).map(({ code, name }) => municipality(code.slice(3), code.slice(0, 2), name, 1)),
    ...(municipalities && municipalities.elsewhere > 0
      ? [municipality(null, null, null, municipalities.elsewhere)]
      : []),
  ];
}
