import { countries, countryByCode, type Country } from '../../schema/values/countries.js';
import { organisationIdFormat, parseOrganisationId } from '../../schema/values/organisation-id.js';
import { InputError } from '../kit/graphql/errors.js';

/** A body as Europe knows it: which country to ask, and by what. */
export interface Stub {
  readonly __typename: string;
  readonly ref: string;
}

/** A country's catalogue as Europe knows it. */
export interface CatalogueStub {
  readonly __typename: string;
  readonly id: string;
}

const countryCodes = countries.map((country) => country.code).join(', ');

/**
 * The catalogues of these countries, in the order asked for.
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
  if (!country) throw new InputError('UNKNOWN_COUNTRY', `${code} has no catalogue here; there is ${countryCodes}.`);
  return country;
}

/**
 * Refuses what can be nobody's id: a filter by it would find nothing, and not say why.
 *
 * @throws InputError INVALID_ID.
 */
export function requireValidId(id: string | null | undefined): void {
  if (id != null) stubForId(id);
}

/**
 * The body with an id. Null when its country is none of the graph.
 *
 * @throws InputError INVALID_ID when the id is malformed.
 */
export function stubForId(id: string): Stub | null {
  const parsed = parseOrganisationId(id);
  if (!parsed)
    throw new InputError('INVALID_ID', `${JSON.stringify(id.slice(0, 80))} is no id; ids are ${organisationIdFormat}.`);
  const country = countryByCode(parsed.country);
  if (!country) return null;
  return {
    __typename: country.adjective + (parsed.type === 'administration' ? 'Administration' : 'Consortium'),
    ref: id,
  };
}

const maxCodeLength = 100;

/**
 * The administration that holds a code: of the country in whose name the scheme or, for the European ones, the code begins.
 * Whether the code is well-formed only that country knows.
 *
 * @throws InputError UNKNOWN_SCHEME or INVALID_IDENTIFIER.
 */
export function stubForCode({ scheme, notation }: { readonly scheme: string; readonly notation: string }): Stub {
  if (scheme.length > maxCodeLength || notation.length > maxCodeLength) {
    throw new InputError('INVALID_IDENTIFIER', `A scheme and a code can each have ${maxCodeLength} characters.`);
  }
  const european = scheme === 'EU_NUTS' || scheme === 'EU_LAU';
  const country = countryByCode((european ? notation.trim() : scheme).slice(0, 2));
  if (european && !country) {
    throw new InputError(
      'INVALID_IDENTIFIER',
      `${JSON.stringify(notation)} begins with no country of this graph; there is ${countryCodes}.`,
    );
  }
  if (!country || (!european && scheme.charAt(2) !== '_')) {
    throw new InputError(
      'UNKNOWN_SCHEME',
      `${JSON.stringify(scheme)} is no scheme of this graph; schemes begin with EU_ or a country and an underscore (${countryCodes}), and each catalogue lists its own in \`identifierSchemes\`.`,
    );
  }
  return { __typename: `${country.adjective}Administration`, ref: `${scheme}:${notation}` };
}
