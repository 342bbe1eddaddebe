/** How many are in a region of the map. */
export interface RegionCount {
  /** The NUTS code of the region. */
  readonly code: string;
  readonly count: number;
}

/** What a map shows, and how many it cannot show. */
export interface RegionCounts {
  readonly regions: readonly RegionCount[];
  /** Those without a known region, and those whose region is not on the map. */
  readonly elsewhere: number;
}

/** What a map shows: what is counted by regions of one level. */
export interface MapData extends RegionCounts {
  /** The level of NUTS of the regions, where the boundaries have a choice. */
  readonly level: 2 | 3;
  /** The names of the regions, by their codes. */
  readonly names: Readonly<Record<string, string>>;
}
