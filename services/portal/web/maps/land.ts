import { type ExtendedFeature, type GeoPath, geoPath } from '@visx/vendor/d3-geo';
import type { FeatureCollection, Geometry } from 'geojson';
import { LRUCache } from 'lru-cache';

import { margin } from '../charts/picture-frame.js';
import { projection } from './projection.js';

/** The land that a map shows. */
export interface Land {
  /** The outlines of other countries. */
  readonly neighbours: FeatureCollection;
  /** What the map is about, below what is drawn on it. */
  readonly regions: readonly Geometry[];
  /** What fills the picture. Default: the regions. */
  readonly fitted?: readonly Geometry[];
  /** What has a centre. */
  readonly places?: readonly ExtendedFeature[];
}

/** Land in a picture: the values of `d` of its paths, and what projects what is drawn on it. */
export interface ProjectedLand {
  readonly neighbours: string;
  readonly regions: string;
  readonly path: GeoPath;
  /** Of each place. */
  readonly centres: readonly (readonly [number, number])[];
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Of each source of boundaries. One takes some 100 KB. */
const maxKnown = 50;
const known = new WeakMap<object, LRUCache<string, ProjectedLand>>();

/**
 * Projects the land of some countries to the size of a picture. The projection is remembered: to project all boundaries takes most of
 * the time of drawing a map, and they do not change.
 *
 * @param boundaries what the land is read from.
 */
export function projectLand(
  boundaries: object,
  countries: readonly string[],
  size: PictureSize,
  read: () => Land,
): ProjectedLand {
  const lands = known.get(boundaries) ?? new LRUCache<string, ProjectedLand>({ max: maxKnown });
  known.set(boundaries, lands);
  const key = [...countries, size.width, size.height].join(' ');
  const found = lands.get(key) ?? project(read(), size);
  lands.set(key, found);
  return found;
}

function project({ neighbours, regions, fitted = regions, places = [] }: Land, { width, height }: PictureSize) {
  const fit = projection()
    .clipExtent([
      [0, 0],
      [width, height],
    ])
    .fitExtent(
      [
        [margin, margin],
        [width - margin, height - margin],
      ],
      collect(fitted),
    );
  const path = geoPath(fit).digits(1);
  return {
    neighbours: path(neighbours) ?? '',
    regions: path(collect(regions)) ?? '',
    path,
    centres: places.map((place) => path.centroid(place)),
  };
}

/** One shape of several. */
const collect = (geometries: readonly Geometry[]): ExtendedFeature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'GeometryCollection', geometries: [...geometries] },
});
