import { isPlainText } from './plain-text.js';
import { organisationIdPattern } from './organisation-id.js';
import { parseUrl } from './parse-url.js';
import { maxAddressLength, toSolutionAddress } from './solution-address.js';
import {
  anyOf,
  behind,
  charactersOf,
  codeAfter,
  type IsUsual,
  oneOf,
  plainDay as isPlainDay,
  plainMoment,
  regionCode,
  twoCapitals,
  twoCodes,
} from './usual-bytes.js';

/** Which texts a field or a scalar allows. */
export interface ValueForm {
  /** The allowed texts in words, for messages. */
  readonly allowed: string;
  readonly isValid: (text: string) => boolean;
  /** Texts up to this length are valid if they consist of printable ASCII characters and the letters from À to ſ. Default: none. */
  readonly plainLength?: number;
  /** Default: no text is valid without `isValid`. */
  readonly isUsual?: IsUsual;
}

const [capitals, digits] = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789'];

/** A text for people. */
export const plainText = (maxLength: number): ValueForm => ({
  allowed: `a text of at most ${maxLength.toLocaleString('en')} characters, without control characters, invisible characters and lone surrogates`,
  isValid: (text) => text.length <= maxLength && isPlainText(text),
  plainLength: maxLength,
});

/** A text for machines. */
export const anyText = (maxLength: number): ValueForm => ({
  allowed: `a text of at most ${maxLength.toLocaleString('en')} characters`,
  isValid: (text) => text.length <= maxLength,
  plainLength: maxLength,
});

/** The maximum length of a name. */
export const maxNameLength = 500;
const maxUrlLength = 2_000;

/**
 * A common form of web address that is valid without doubt: parsing each address as a URL takes ten times as long. Without
 * two hyphens in a row, because `xn--` can be invalid.
 */
const plainWebAddress = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?::\d{1,4})?(?:[/?#][\x21-\x7e]*)?$/;

export const webAddress: ValueForm = {
  allowed: `an http or https address of at most ${maxUrlLength.toLocaleString('en')} characters`,
  isValid: (text) =>
    text.length <= maxUrlLength &&
    (plainWebAddress.test(text) ||
      // The slashes and the absence of spaces, because URL itself repairs `https:example.org` and ` https://example.org`.
      (/^https?:\/\/\S+$/i.test(text) && isPlainText(text) && parseUrl(text) !== null)),
};

/** Days that every month has: they need no calendar. */
const plainDay = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/** Whether a text is a day that the calendar has: not 2023-02-29. */
export function isDay(text: string): boolean {
  if (plainDay.test(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  const date = new Date(Date.UTC(Number(text.slice(0, 4)), month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export const calendarDay: ValueForm = {
  allowed: 'a calendar day such as "2017-08-07"',
  isValid: isDay,
  isUsual: isPlainDay,
};

/** Whether a text is a moment in UTC that the calendar has. */
export const isMoment = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/.test(text) && isDay(text.slice(0, 10));

export const moment: ValueForm = {
  allowed: 'a moment in UTC such as "2026-11-23T09:30:00Z"',
  isValid: isMoment,
  isUsual: plainMoment,
};

/** A decimal number: an amount of money, or a sum of such. */
export const decimalNumber: ValueForm = {
  allowed: 'a decimal number such as "203435.5", with at most 15 digits before the point and 3 after it',
  isValid: (text) => /^(?:0|[1-9]\d{0,14})(?:\.\d{1,3})?$/.test(text),
};

export const countryCode: ValueForm = {
  allowed: 'two capital letters such as "DK"',
  isValid: (text) => /^[A-Z]{2}$/.test(text),
  isUsual: twoCapitals,
};

export const languageTag: ValueForm = {
  allowed: 'a language tag such as "fr" or "fr-BE"',
  isValid: (text) => /^[A-Za-z0-9-]{1,35}$/.test(text),
  isUsual: charactersOf(`${capitals}${capitals.toLowerCase()}${digits}-`, { max: 35 }),
};

/** A common form of address that is canonical without doubt: parsing an address takes many times as long. */
const plainAddress =
  /^github\.com\/(?!(?:orgs|users|topics|sponsors)\/)[a-z0-9][a-z0-9-]{0,99}\/[a-z0-9][a-z0-9-]{0,99}$/;

export const solutionAddress: ValueForm = {
  allowed: 'a canonical solution address such as "github.com/os2mo/os2mo"',
  isValid: (text) => plainAddress.test(text) || (text.length <= maxAddressLength && toSolutionAddress(text) === text),
  isUsual: anyOf(
    behind('urn:', codeAfter(undefined, ':solution:', 64)),
    behind('github.com/', twoCodes(100, ['orgs', 'users', 'topics', 'sponsors'])),
  ),
};

export const nutsCode: ValueForm = {
  allowed: 'a NUTS code such as "BE3"',
  isValid: (text) => /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(text),
  isUsual: regionCode(5),
};

/**
 * The id of a row of a catalogue: `dk:record:os2mo`.
 *
 * @param country its ISO code. Undefined: of any country.
 */
export function rowId(country: string | undefined, type: string): ValueForm {
  const pattern = new RegExp(`^${country?.toLowerCase() ?? '[a-z]{2}'}:${type}:[a-z0-9-]{1,100}$`);
  return {
    allowed: toIdName(type, country),
    isValid: (text) => pattern.test(text),
    isUsual: codeAfter(country?.toLowerCase(), `:${type}:`, 100),
  };
}

/**
 * The id of an organisation.
 *
 * @param country its ISO code. Undefined: of any country.
 * @param type Undefined: of either type.
 */
export function organisationId(country?: string, type?: 'administration' | 'consortium'): ValueForm {
  const pattern = organisationIdPattern(country?.toLowerCase(), type);
  const isOf = (one: string): IsUsual => codeAfter(country?.toLowerCase(), `:${one}:`, 64);
  return {
    allowed: toIdName(type ?? 'organisation', country),
    isValid: (text) => pattern.test(text),
    isUsual: type ? isOf(type) : anyOf(isOf('administration'), isOf('consortium')),
  };
}

/** What an id is called in a message: `the id of a record of DK`. */
const toIdName = (type: string, country: string | undefined): string =>
  `the id of ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}${country === undefined ? '' : ` of ${country}`}`;

/** The id of a reuse check: everything about the check, in base64url. */
export const checkId: ValueForm = {
  allowed: 'check:… in base64url',
  isValid: (text) => /^check:[A-Za-z0-9_-]{1,4000}$/.test(text),
};

/** The id of a supplier: its code in a register, or its name. */
export const supplierId: ValueForm = {
  allowed: 'the id of a supplier',
  isValid: (text) => text.length <= maxNameLength && text.startsWith('supplier:') && isPlainText(text),
};

/** The code of a supplier, with its register. */
export const registerCode: ValueForm = {
  allowed: 'a code with its register, such as "DK_CVR:25052943"',
  isValid: (text) => /^[A-Z][A-Z0-9_]{1,38}:[^\s:|]{1,60}$/.test(text) && isPlainText(text),
};

/** Exactly one text. */
export const exactly = (expected: string): ValueForm => ({
  allowed: JSON.stringify(expected),
  isValid: (text) => text === expected,
  isUsual: oneOf([expected]),
});
