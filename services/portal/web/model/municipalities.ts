import type { MultiPolygon } from 'geojson';

/** A municipality on a map. */
export interface MunicipalShape {
  /** Its code in the file of boundaries: `DK_101`. */
  readonly code: string;
  readonly name: string;
  readonly geometry: MultiPolygon;
}

/** The municipalities of a day, as the operator's file of boundaries has them. */
export interface Municipalities {
  /** Those with these codes, without those that the file lacks. */
  readonly find: (codes: readonly string[]) => readonly MunicipalShape[];
  /** All municipalities of a country as one shape. Undefined: the file has none. */
  readonly outlineOf: (country: string) => MultiPolygon | undefined;
}

/** A municipality as the graph names it: its code is that of its country with its LAU code (EU_LAU). */
export const municipalCode = ({ country, lau }: { readonly country: string; readonly lau: string }): string =>
  `${country}_${lau}`;
