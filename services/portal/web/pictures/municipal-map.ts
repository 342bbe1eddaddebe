import type { MunicipalMap } from '../maps/municipality-map.js';
import { type Municipalities, municipalCode } from '../model/municipalities.js';

/** A member or user, as far as a map needs to know it. */
export interface Located {
  readonly country: string;
  readonly kind?: string;
  readonly lau?: string | null;
}

/**
 * Which municipalities are among members or users; null is one that is not known. Undefined if the boundaries lack a country that is
 * shown, or have none of these.
 */
export function toMunicipalMap(
  { find, outlineOf }: Municipalities,
  located: readonly (Located | null)[],
  countries: readonly string[],
): MunicipalMap | undefined {
  const codes = located.flatMap((each) =>
    each?.kind === 'MUNICIPALITY' && each.lau != null ? [municipalCode({ country: each.country, lau: each.lau })] : [],
  );
  const shapes = find([...new Set(codes)]);
  const outlines = countries.flatMap((country) => outlineOf(country) ?? []);
  if (shapes.length === 0 || outlines.length < countries.length) return undefined;
  return { shapes, outlines, elsewhere: located.length - shapes.length };
}
