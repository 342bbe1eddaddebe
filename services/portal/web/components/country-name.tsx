import { type IntlShape, useIntl } from 'react-intl';

/** The name of a country in the reader's language. */
export const CountryName = ({ code }: { readonly code: string }) => <>{formatCountry(useIntl(), code)}</>;

/** The names of countries in the reader's language, as a list. */
export function CountryNames({ codes }: { readonly codes: readonly string[] }) {
  const intl = useIntl();
  return <>{intl.formatList(codes.map((code) => formatCountry(intl, code)))}</>;
}

/** The name of a country by its code; the code itself if it is of no country. */
export function formatCountry(intl: IntlShape, code: string): string {
  // What is not written like a code is an error of Intl.
  return /^[A-Z]{2}$/.test(code) ? (intl.formatDisplayName(code, { type: 'region' }) ?? code) : code;
}
