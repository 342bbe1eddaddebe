/**
 * The inverse of EPSG:3035 (ETRS89-extended / LAEA Europe), in which Eurostat's GISCO publishes boundaries: Lambert's azimuthal
 * equal-area projection of the ellipsoid GRS 1980, as IOGP Guidance Note 7-2 states it (method 9820).
 */

const degrees = 180 / Math.PI;
/** The centre, and the coordinates that it has. */
const [lon0, lat0] = [10 / degrees, 52 / degrees];
const [easting0, northing0] = [4_321_000, 3_210_000];
/** GRS 1980. */
const semiMajorAxis = 6_378_137;
const flattening = 1 / 298.257_222_101;
const e2 = flattening * (2 - flattening);
const e = Math.sqrt(e2);

/** The authalic function of a latitude. */
const authalic = (lat: number): number => {
  const sin = Math.sin(lat);
  return (1 - e2) * (sin / (1 - e2 * sin * sin) - Math.log((1 - e * sin) / (1 + e * sin)) / (2 * e));
};

const pole = authalic(Math.PI / 2);
const beta0 = Math.asin(authalic(lat0) / pole);
const radius = semiMajorAxis * Math.sqrt(pole / 2);
const scale = (semiMajorAxis * Math.cos(lat0)) / Math.sqrt(1 - e2 * Math.sin(lat0) ** 2) / (radius * Math.cos(beta0));

/** Longitude and latitude in degrees of a point in metres. */
export function fromEpsg3035([easting, northing]: readonly [number, number]): [number, number] {
  const x = (easting - easting0) / scale;
  const y = scale * (northing - northing0);
  const rho = Math.hypot(x, y);
  if (rho === 0) return [lon0 * degrees, lat0 * degrees];
  const c = 2 * Math.asin(rho / (2 * radius));
  const beta = Math.asin(Math.cos(c) * Math.sin(beta0) + (y * Math.sin(c) * Math.cos(beta0)) / rho);
  const lon =
    lon0 + Math.atan2(x * Math.sin(c), rho * Math.cos(beta0) * Math.cos(c) - y * Math.sin(beta0) * Math.sin(c));
  const lat =
    beta +
    (e2 / 3 + (31 * e2 ** 2) / 180 + (517 * e2 ** 3) / 5040) * Math.sin(2 * beta) +
    ((23 * e2 ** 2) / 360 + (251 * e2 ** 3) / 3780) * Math.sin(4 * beta) +
    ((761 * e2 ** 3) / 45_360) * Math.sin(6 * beta);
  return [lon * degrees, lat * degrees];
}
