import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/** A region on the map. */
export interface Region {
  /** Its NUTS code (2021). */
  readonly code: string;
  readonly name: string;
  readonly feature: Feature<MultiPolygon>;
  /** Its largest part: the centre of all of them may be at sea. */
  readonly mainPart: Feature<Polygon>;
}

/** The regions of the countries of this graph, and the outlines of the others. */
export interface Boundaries {
  readonly regions: readonly Region[];
  readonly outlines: FeatureCollection;
}
