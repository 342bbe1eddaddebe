import { geoAzimuthalEqualArea, type GeoProjection } from '@visx/vendor/d3-geo';

/** Areas of the same size are the same size on the map, as on maps of Eurostat. */
export const projection = (): GeoProjection => geoAzimuthalEqualArea().rotate([-10, -52]);

export const mapHeight = (isNarrow: boolean): number => (isNarrow ? 380 : 560);
