import { readFileSync } from 'node:fs';

import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, merge } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

import type { Municipalities, MunicipalShape } from '../../model/municipalities.js';
import { BoundariesError, codeOf, parseBoundaries, type UnitGeometry, type UnitTopology } from './parse-boundaries.js';

/** An area, in degrees: from west to east, and from south to north. */
export interface Extent {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/**
 * Corners whose triangle is smaller, in square degrees, are left out: on the largest map, that of Denmark, it is a third of a square
 * pixel.
 */
const minTriangle = 2e-5;

/**
 * Reads the boundaries of municipalities of these countries, each with where it has to be, and simplifies them once for all maps.
 *
 * @throws BoundariesError if the file cannot be used.
 */
export function readMunicipalities(file: string, countries: ReadonlyMap<string, Extent>): Municipalities {
  const whole = parseBoundaries(readText(file), [...countries.keys()]);
  const simplified = simplify(presimplify(whole), minTriangle) as UnitTopology;
  const units = simplified.objects.units.geometries;
  const shapes = new Map<string, MunicipalShape>();
  for (const [index, unit] of units.entries()) {
    const code = codeOf(unit.properties) ?? '';
    // A municipality that is smaller than a pixel remains as it is.
    const geometry = toShape(simplified, unit) ?? toShape(whole, whole.objects.units.geometries[index] ?? unit);
    if (geometry) shapes.set(code, { code, name: unit.properties?.LAU_NAME ?? code, geometry });
  }
  for (const [country, extent] of countries) requireWithin(extent, country, shapes);
  const outlines = new Map(
    [...countries.keys()].flatMap((country): [string, MultiPolygon][] => {
      const own = units.filter(({ properties }) => codeOf(properties)?.startsWith(`${country}_`));
      const outline = own.length === 0 ? undefined : toMultiPolygon(merge(simplified, own));
      return outline ? [[country, outline]] : [];
    }),
  );
  return {
    find: (codes) => codes.flatMap((code) => shapes.get(code) ?? []),
    outlineOf: (country) => outlines.get(country),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BoundariesError(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'it is too large'}`);
  }
}

const toShape = (topology: UnitTopology, unit: UnitGeometry): MultiPolygon | undefined =>
  toMultiPolygon((feature(topology, unit) as Feature<Polygon | MultiPolygon>).geometry);

/**
 * A shape as d3-geo draws it, which takes what is right of a ring for its inside: outer rings clockwise, the others not. Rings without
 * an area are left out; undefined if nothing remains.
 */
function toMultiPolygon(shape: Polygon | MultiPolygon): MultiPolygon | undefined {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const coordinates = polygons.flatMap((rings): Position[][][] => {
    const [outer, ...holes] = rings.map((ring) => ({ ring, area: signedArea(ring) }));
    if (!outer || outer.area === 0) return [];
    return [[turn(outer, -1), ...holes.filter(({ area }) => area !== 0).map((hole) => turn(hole, 1))]];
  });
  return coordinates.length === 0 ? undefined : { type: 'MultiPolygon', coordinates };
}

const turn = ({ ring, area }: { ring: Position[]; area: number }, sign: 1 | -1): Position[] =>
  Math.sign(area) === sign ? ring : ring.toReversed();

/** The area of a ring in square degrees: negative if it is clockwise. */
const signedArea = (ring: readonly Position[]): number =>
  ring.reduce((sum, [x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

/** Coordinates in another reference system would draw a country elsewhere, or nowhere. */
function requireWithin(
  { west, east, south, north }: Extent,
  country: string,
  shapes: Map<string, MunicipalShape>,
): void {
  const own = [...shapes.values()].filter(({ code }) => code.startsWith(`${country}_`));
  const isWithin = ({ geometry }: MunicipalShape): boolean => {
    const [x = Number.NaN, y = Number.NaN] = geometry.coordinates[0]?.[0]?.[0] ?? [];
    return x >= west && x <= east && y >= south && y <= north;
  };
  // Some have islands far away.
  if (own.length === 0 || own.filter(isWithin).length * 2 > own.length) return;
  throw new BoundariesError(
    `has the municipalities of ${country} elsewhere: its coordinates must be EPSG:4326 or EPSG:3035`,
  );
}
