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
  municipalities: Municipalities,
  located: readonly (Located | null)[],
  countries: readonly string[],
): MunicipalMap | undefined {
  const codes = located.flatMap((each) =>
    each?.kind === 'MUNICIPALITY' && each.lau != null ? [municipalCode({ country: each.country, lau: each.lau })] : [],
  );
  const shapes = municipalities.find([...new Set(codes)]);
  const haveOutlines = countries.every((country) => municipalities.outlineOf(country) !== undefined);
  if (shapes.length === 0 || !haveOutlines) return undefined;
  return { shapes, boundaries: municipalities, countries, elsewhere: located.length - shapes.length };
}
