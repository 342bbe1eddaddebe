/**
 * SQL condition: a region is in an area, because its NUTS code begins with the area's. Written as a range, which an index serves
 * even if the area comes out of a row; every code consists of digits and capitals, which sort before the tilde. A row without a
 * region is in its country.
 */
export const inArea = (nuts: string, area: string, country: string): string =>
  `((${nuts} >= ${area} AND ${nuts} < ${area} || '~') OR (${nuts} IS NULL AND ${area} = ${country}))`;
