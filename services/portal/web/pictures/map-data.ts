import type { MapData, RegionCount, RegionCounts } from '../maps/region-counts.js';
import { regionNames } from '../model/region-names.js';
import { createBoundaries } from './boundaries.js';

/** The boundaries of all maps of this process. */
export const boundaries = createBoundaries();

/** Circles for more regions would cover each other. */
const maxRegions = 30;

/** Counts NUTS codes by the smallest regions with which a map is readable. */
export function toMapData(codes: readonly (string | null)[]): MapData {
  const counts = countByRegion(codes);
  if (counts.regions.length <= maxRegions) return withNames(counts, 3);
  return withNames({ ...counts, regions: sumUp(counts.regions) }, 2);
}

/** Adds the names of regions of a level. */
export const withNames = (counts: RegionCounts, level: 2 | 3): MapData => ({
  ...counts,
  level,
  names: Object.fromEntries(counts.regions.map(({ code }) => [code, regionNames[code] ?? code])),
});

/** Sums up to the regions of level 2. */
function sumUp(regions: readonly RegionCount[]): RegionCount[] {
  const sums = new Map<string, number>();
  for (const { code, count } of regions) {
    const region = code.slice(0, 4);
    sums.set(region, (sums.get(region) ?? 0) + count);
  }
  return [...sums].map(([code, count]) => ({ code, count })).sort((one, other) => other.count - one.count);
}

/** Counts NUTS codes by regions of the map; null: not known. The most frequent region comes first. */
function countByRegion(codes: readonly (string | null)[]): RegionCounts {
  const counts = new Map<string, number>();
  let elsewhere = 0;
  for (const nuts of codes) {
    const code = nuts === null ? undefined : boundaries.regionOf(nuts);
    if (code === undefined) elsewhere += 1;
    else counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const regions = [...counts].map(([code, count]): RegionCount => ({ code, count }));
  return {
    regions: regions.sort((one, other) => other.count - one.count || one.code.localeCompare(other.code)),
    elsewhere,
  };
}
