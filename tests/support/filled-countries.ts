import { countries } from '../../schema/values/countries.js';

/** The countries whose organisations tests name: a country that is added to the list has no data at first. */
export const filledCountries = ['denmark', 'belgium', 'italy'] as const;

const otherCodes = countries
  .filter(({ folder }) => !filledCountries.some((filled) => filled === folder))
  .map(({ code }) => code);

/** A result without the items of lists that are about other countries, so that it is the same whatever countries are added. */
export function withoutOtherCountries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.filter((item) => !isOfOtherCountry(item)).map(withoutOtherCountries);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutOtherCountries(part)]));
}

const isOfOtherCountry = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'country' in item && otherCodes.includes(String(item.country));
