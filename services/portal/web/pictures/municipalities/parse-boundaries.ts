import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { transform } from 'topojson-client';
import { topology as toTopology } from 'topojson-server';
import { filter } from 'topojson-simplify';
import type {
  GeometryCollection,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
  Topology,
} from 'topojson-specification';

import { fromEpsg3035 } from './from-epsg-3035.js';

/** What GISCO states of a local administrative unit. */
interface UnitProperties {
  /** `DK_101`. Files of some years have only its two parts. */
  readonly GISCO_ID?: string;
  readonly CNTR_CODE?: string;
  readonly LAU_ID?: string;
  readonly LAU_NAME?: string;
}

export type UnitGeometry = TopoPolygon<UnitProperties> | TopoMultiPolygon<UnitProperties>;

interface UnitCollection extends Omit<GeometryCollection<UnitProperties>, 'geometries'> {
  readonly geometries: UnitGeometry[];
}

/** The boundaries of the municipalities of some countries, in longitude and latitude. */
export interface UnitTopology extends Topology {
  readonly objects: { readonly units: UnitCollection };
}

/** Why a file cannot be used, in words that continue a sentence about it. */
export class BoundariesError extends Error {}

/**
 * Parses boundaries of local administrative units, as GISCO publishes them: TopoJSON or GeoJSON, in EPSG:4326 or EPSG:3035.
 *
 * @throws BoundariesError if it is something else, or has no unit of these countries.
 */
export function parseBoundaries(text: string, countries: readonly string[]): UnitTopology {
  const isWanted = (properties: UnitProperties | null | undefined): boolean =>
    countries.includes(codeOf(properties)?.slice(0, 2) ?? '');
  const file = parseJson(text);
  try {
    if (file.type === 'Topology') return fromTopoJson(file as unknown as Topology, isWanted);
    if (file.type === 'FeatureCollection') return fromGeoJson(file as unknown as FeatureFile, isWanted);
  } catch (error) {
    if (error instanceof BoundariesError) throw error;
    throw new BoundariesError(`is not valid ${file.type === 'Topology' ? 'TopoJSON' : 'GeoJSON'}`);
  }
  throw new BoundariesError('must be TopoJSON (a Topology) or GeoJSON (a FeatureCollection)');
}

/** The code of a unit: `DK_101`. */
export const codeOf = (properties: UnitProperties | null | undefined): string | undefined => {
  if (!properties) return undefined;
  const { GISCO_ID: code, CNTR_CODE: country, LAU_ID: unit } = properties;
  return code ?? (country === undefined || unit === undefined ? undefined : `${country}_${unit}`);
};

function parseJson(text: string): { readonly type?: unknown } {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw new BoundariesError('is not JSON: use the TopoJSON or GeoJSON of GISCO, without compression');
}

interface FeatureFile {
  readonly features: readonly Feature<Polygon | MultiPolygon, UnitProperties>[];
}

function fromGeoJson({ features }: FeatureFile, isWanted: (properties: UnitProperties) => boolean): UnitTopology {
  const wanted = features.filter(({ properties }) => isWanted(properties));
  requireUnits(wanted);
  const [point] = wanted.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2));
  const toDegrees = reader(point as Position | undefined);
  const toRings = (rings: readonly Position[][]): Position[][] => rings.map((ring) => ring.map(toDegrees));
  const units = wanted.map((unit) => ({
    ...unit,
    geometry:
      unit.geometry.type === 'Polygon'
        ? { ...unit.geometry, coordinates: toRings(unit.geometry.coordinates) }
        : { ...unit.geometry, coordinates: unit.geometry.coordinates.map(toRings) },
  }));
  const collection: FeatureCollection = { type: 'FeatureCollection', features: units };
  return toTopology({ units: collection }) as unknown as UnitTopology;
}

function fromTopoJson(
  { arcs, objects, transform: quantisation, ...rest }: Topology,
  isWanted: (properties: UnitProperties | undefined) => boolean,
): UnitTopology {
  const geometries = Object.values(objects)
    .flatMap((object) => (object.type === 'GeometryCollection' ? object.geometries : [object]))
    .filter((geometry) => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon')
    .map((geometry) => geometry as UnitGeometry)
    .filter(({ properties }) => isWanted(properties));
  requireUnits(geometries);
  // First leaves out the arcs of other countries, which are most of the file.
  const own = filter(
    { ...rest, arcs, ...(quantisation && { transform: quantisation }), objects: { units: collect(geometries) } },
    () => true,
  ) as unknown as UnitTopology;
  const decode = own.transform ? transform(own.transform) : undefined;
  const absolute = own.arcs.map((arc) => arc.map((point, index): Position => decode?.([...point], index > 0) ?? point));
  const toDegrees = reader(absolute[0]?.[0]);
  return { type: 'Topology', objects: own.objects, arcs: absolute.map((arc) => arc.map(toDegrees)) };
}

const collect = (geometries: UnitGeometry[]): UnitCollection => ({
  type: 'GeometryCollection',
  geometries,
});

function requireUnits(units: readonly unknown[]): void {
  if (units.length > 0) return;
  throw new BoundariesError(
    'has no municipality of a country of the graph: its units need the properties GISCO_ID, or CNTR_CODE and LAU_ID',
  );
}

/** How a point becomes longitude and latitude: coordinates in metres are those of EPSG:3035. */
function reader(point: Position | undefined): (point: Position) => Position {
  const [x = Number.NaN, y = Number.NaN] = point ?? [];
  if (!Number.isFinite(x) || !Number.isFinite(y)) throw new BoundariesError('has a municipality without coordinates');
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return (each) => each;
  return ([easting = 0, northing = 0]) => fromEpsg3035([easting, northing]);
}
