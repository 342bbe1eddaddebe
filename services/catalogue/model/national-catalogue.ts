import { countryByCode, type Country } from '../../../schema/values/countries.js';
import type { LocalisedText } from '../../shared/languages.js';

/** A register whose codes identify organisations. */
export interface IdentifierScheme {
  readonly scheme: string;
  readonly title: string;
  readonly agency: string | null;
  /** A regular expression for the whole code, in the form in which it is stored. Null: codes have no fixed form. */
  readonly pattern: string | null;
  /** The case in which codes are stored. */
  readonly letters: 'upper' | 'lower';
  /** Whether the check digits of a code of the right form are right. */
  readonly checkDigits?: (notation: string) => boolean;
  /** The address of a code, where its register gives it one. */
  readonly uri?: (notation: string) => string;
}

/**
 * The source of a field that only this country has: the organisation's code in one of `schemes`, as held today or on its last day,
 * or its cell in one of `nationalColumns`, converted to the type that the field has in national.graphql.
 */
export type NationalField = { readonly code: string } | { readonly column: string };

/** All that differs between one national catalogue and another: a country's folder exports one of these. */
export interface NationalCatalogue {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly titles: readonly LocalisedText[];
  /** BCP 47, in the order in which names fall back. */
  readonly languages: readonly string[];
  readonly schemes: readonly IdentifierScheme[];
  /** The code in a URI by which publiccode.yml names an organisation of this country; null if the URI contains none. */
  readonly codeOfUri?: (uri: string) => { readonly scheme: string; readonly notation: string } | null;
  /** Columns of administrations.csv that only this country has. */
  readonly nationalColumns: readonly string[];
  readonly administrationFields: Readonly<Record<string, NationalField>>;
  readonly consortiumFields: Readonly<Record<string, NationalField>>;
  /** Its own repository. Default: this one, in its folder under `services/`. */
  readonly home?: Home;
}

/** A catalogue's own repository. */
export interface Home {
  /** Its entry for the list of countries, which need not contain it. */
  readonly country: Country;
  /** The folder with `data/`, and with `national.graphql` if it adds fields. */
  readonly folder: string;
}

/** A national catalogue with its country's entry. */
export interface Catalogue extends NationalCatalogue {
  readonly country: Country;
}

/**
 * Adds the country's entry: the catalogue's own, or the one in the list of countries.
 *
 * @throws Error when there is neither.
 */
export function resolveCatalogue(national: NationalCatalogue): Catalogue {
  const country = national.home?.country ?? countryByCode(national.code);
  if (!country) {
    throw new Error(
      `The country ${national.code} is unknown: add it to schema/values/countries.ts, or give the catalogue a \`home\`.`,
    );
  }
  return { ...national, country };
}

/** The schemes that every country has, under the country's own codes (Regulation (EC) 1059/2003). */
export const europeanSchemes = (code: string): IdentifierScheme[] => [
  {
    scheme: 'EU_NUTS',
    title: 'Nomenclature of territorial units for statistics, 2021',
    agency: 'Eurostat',
    pattern: `^${code}[0-9A-Z]{1,3}$`,
    letters: 'upper',
    uri: (notation) => `http://data.europa.eu/nuts/code/${notation}`,
  },
  {
    scheme: 'EU_LAU',
    title: 'Local administrative unit, behind the country and an underscore',
    agency: 'Eurostat',
    pattern: `^${code}_[0-9A-Z]{1,10}$`,
    letters: 'upper',
  },
];

/** Whether an id is of this country. */
export const isOfCountry = ({ country }: Catalogue, id: string): boolean =>
  id.startsWith(`${country.code.toLowerCase()}:`);

/** The id of something in the whole graph: it begins with the country, because each country numbers its own. */
export const toRowId = ({ code }: Pick<NationalCatalogue, 'code'>, type: string, id: string): string =>
  `${code.toLowerCase()}:${type}:${id}`;
