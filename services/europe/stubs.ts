import { countries, countryByCode, type Country } from '../../schema/values/countries.js';
import { organisationIdFormat, parseOrganisationId } from '../../schema/values/organisation-id.js';
import { InputError } from '../kit/graphql/errors.js';

/** An organisation as Europe knows it: the country's type, and the key by which that country resolves it. */
export interface Stub {
  readonly __typename: string;
  readonly ref: string;
}

/** A country's catalogue as Europe knows it: its type and id. */
export interface CatalogueStub {
  readonly __typename: string;
  readonly id: string;
}

const countryCodes = countries.map((country) => country.code).join(', ');

/**
 * The catalogues of these countries, in the order requested.
 *
 * @throws InputError UNKNOWN_COUNTRY.
 */
export const catalogueStubs = (codes: readonly string[] | null | undefined): CatalogueStub[] =>
  [...new Set(codes?.map(requireCountry) ?? countries)].map((country) => ({
    __typename: `${country.adjective}Catalogue`,
    id: `${country.code.toLowerCase()}:catalogue`,
  }));

function requireCountry(code: string): Country {
  const country = countryByCode(code);
  if (!country)
    throw new InputError(
      'UNKNOWN_COUNTRY',
      `${code} has no catalogue in this graph; these countries have one: ${countryCodes}.`,
    );
  return country;
}

/**
 * Rejects a malformed id: a filter by it would find nothing, without a reason.
 *
 * @throws InputError INVALID_ID.
 */
export function requireValidId(id: string | null | undefined): void {
  if (id != null) stubForId(id);
}

/**
 * The organisation with an id. Null when its country is not part of the graph.
 *
 * @throws InputError INVALID_ID when the id is malformed.
 */
export function stubForId(id: string): Stub | null {
  const parsed = parseOrganisationId(id);
  if (!parsed)
    throw new InputError(
      'INVALID_ID',
      `${JSON.stringify(id.slice(0, 80))} is not a valid id; ids have the form ${organisationIdFormat}.`,
    );
  const country = countryByCode(parsed.country);
  if (!country) return null;
  return {
    __typename: country.adjective + (parsed.type === 'administration' ? 'Administration' : 'Consortium'),
    ref: id,
  };
}

/** The country of an organisation with a valid id. */
export const countryOf = (id: string): string => id.slice(0, 2).toUpperCase();

const maxCodeLength = 100;

/**
 * The administration that holds a code: of the country with whose code the scheme or, for European schemes, the notation begins.
 * Only that country can decide whether the notation is well-formed.
 *
 * @throws InputError UNKNOWN_SCHEME or INVALID_IDENTIFIER.
 */
export function stubForCode({ scheme, notation }: { readonly scheme: string; readonly notation: string }): Stub {
  if (scheme.length > maxCodeLength || notation.length > maxCodeLength) {
    throw new InputError(
      'INVALID_IDENTIFIER',
      `A scheme and a notation can each have at most ${maxCodeLength} characters.`,
    );
  }
  const european = scheme === 'EU_NUTS' || scheme === 'EU_LAU';
  const country = countryByCode((european ? notation.trim() : scheme).slice(0, 2));
  if (european && !country) {
    throw new InputError(
      'INVALID_IDENTIFIER',
      `${JSON.stringify(notation)} does not begin with a country of this graph; these are ${countryCodes}.`,
    );
  }
  if (!country || (!european && scheme.charAt(2) !== '_')) {
    throw new InputError(
      'UNKNOWN_SCHEME',
      `${JSON.stringify(scheme)} is not a scheme of this graph; schemes begin with EU_, or with a country (${countryCodes}) and an underscore. Each catalogue lists its schemes in \`identifierSchemes\`.`,
    );
  }
  return { __typename: `${country.adjective}Administration`, ref: `${scheme}:${notation}` };
}
