import type { Position } from 'geojson';

import { countries } from '../../../../schema/values/countries.js';
import { ConfigError, getMeta } from '../../../kit/config/config.js';
import { portalSettings } from '../../settings.js';
import type { Municipalities } from '../model/municipalities.js';
import { boundaries } from '../pictures/map-data.js';
import { BoundariesError } from '../pictures/municipalities/parse-boundaries.js';
import { type Extent, readMunicipalities } from '../pictures/municipalities/read-municipalities.js';

/**
 * Reads the operator's file of municipal boundaries. Undefined: there is none, and maps show regions.
 *
 * @throws ConfigError if the file cannot be used.
 */
export function readMunicipalBoundaries(file: string | undefined): Municipalities | undefined {
  if (file === undefined) return undefined;
  const extents = new Map(countries.flatMap(({ code }) => toExtent(code)));
  try {
    return readMunicipalities(file, extents);
  } catch (error) {
    if (!(error instanceof BoundariesError)) throw error;
    throw new ConfigError([`${getMeta(portalSettings.boundaries).variable}: the file ${error.message}.`]);
  }
}

/** Islands and simplification: a municipality is at most so far, in degrees, from what the map of regions shows. */
const tolerance = 1;

/** Where a country is, by the map of regions. */
function toExtent(country: string): [string, Extent][] {
  const points = boundaries
    .atLevel(2)
    .regions.filter(({ code }) => code.startsWith(country))
    .flatMap(({ mainPart }): Position[] => mainPart.geometry.coordinates[0] ?? []);
  if (points.length === 0) return [];
  const [x, y] = [points.map(([lon = 0]) => lon), points.map(([, lat = 0]) => lat)];
  const extent = {
    west: Math.min(...x) - tolerance,
    east: Math.max(...x) + tolerance,
    south: Math.min(...y) - tolerance,
    north: Math.max(...y) + tolerance,
  };
  return [[country, extent]];
}
