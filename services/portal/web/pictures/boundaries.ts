import type { MultiPolygon, Polygon, Position } from 'geojson';
import { feature, merge } from 'topojson-client';
import type {
  GeometryCollection,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
  Topology,
} from 'topojson-specification';

import { readProjectFile } from '../../../../schema/files.js';
import type { Boundaries, Region } from '../maps/regions.js';
import { regionNames } from '../model/region-names.js';

interface RegionProperties {
  /** Codes of regions that are drawn as a part of it. */
  readonly alsoCodes?: readonly string[];
}

type RegionGeometry = (TopoPolygon<RegionProperties> | TopoMultiPolygon<RegionProperties>) & { readonly id: string };

interface EuropeTopology extends Topology {
  readonly objects: {
    readonly countries: GeometryCollection;
    readonly regions: GeometryCollection<RegionProperties>;
  };
}

const file = 'services/portal/web/maps/boundaries/europe.topo.json';

/** Reads the boundaries once: a process that shows no map does not need them. */
export function createBoundaries(): BoundariesReader {
  let read: EuropeTopology | undefined;
  const levels = new Map<number, Boundaries>();
  const load = (): EuropeTopology => (read ??= JSON.parse(readProjectFile(file)) as EuropeTopology);
  return {
    atLevel: (level) => {
      const known = levels.get(level);
      if (known) return known;
      const boundaries = toBoundaries(load(), level);
      levels.set(level, boundaries);
      return boundaries;
    },
    regionOf: (nuts) => {
      const regions = geometriesOf(load());
      return regions.find(({ id, properties }) =>
        [id, ...(properties?.alsoCodes ?? [])].some((code) => nuts.startsWith(code)),
      )?.id;
    },
  };
}

export interface BoundariesReader {
  /**
   * The regions of a level of NUTS: 2, or 3, which is the level of the file: that of provinces in Italy and, because there is nothing
   * smaller, level 2 in Denmark and Belgium.
   */
  readonly atLevel: (level: 2 | 3) => Boundaries;
  /** The smallest region of the map that contains a NUTS region. Undefined: the map does not have it. */
  readonly regionOf: (nuts: string) => string | undefined;
}

const geometriesOf = (topology: EuropeTopology): readonly RegionGeometry[] =>
  topology.objects.regions.geometries as readonly RegionGeometry[];

/** The length of a NUTS code of a level: a country has two letters. */
const codeLength = (level: number): number => 2 + level;

function toBoundaries(topology: EuropeTopology, level: number): Boundaries {
  const byCode = new Map<string, RegionGeometry[]>();
  for (const geometry of geometriesOf(topology)) {
    const code = geometry.id.slice(0, codeLength(level));
    byCode.set(code, [...(byCode.get(code) ?? []), geometry]);
  }
  const regions = [...byCode].map(([code, parts]): Region => {
    const geometry = merge(topology, parts);
    return {
      code,
      name: regionNames[code] ?? code,
      feature: { type: 'Feature', id: code, properties: {}, geometry },
      mainPart: { type: 'Feature', id: code, properties: {}, geometry: largestPart(geometry) },
    };
  });
  return { regions, outlines: feature(topology, topology.objects.countries) };
}

/** The polygon with the largest area in degrees: its parts are near each other. */
function largestPart({ coordinates }: MultiPolygon): Polygon {
  const [largest = []] = [...coordinates].sort((one, other) => areaOf(other[0]) - areaOf(one[0]));
  return { type: 'Polygon', coordinates: largest };
}

/** The area of a ring. */
function areaOf(ring: readonly Position[] = []): number {
  const sum = ring.reduce((total, [x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    return total + x * nextY - nextX * y;
  }, 0);
  return Math.abs(sum) / 2;
}
