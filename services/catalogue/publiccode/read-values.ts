import { parseUrl } from '../../../schema/values/parse-url.js';
import { isPlainText } from '../../../schema/values/plain-text.js';
import { isDay } from '../../../schema/values/value-form.js';
import { toSolutionAddress } from '../../../schema/values/solution-address.js';
import { latestToday } from '../../shared/dates.js';
import { quoted } from './rules.js';
import type { Location, Reader } from './section.js';
import { truncate, isLonger, multipleLines, oneLine, withoutEmail } from './texts.js';
import { isList, isNumber, isSection, type YamlValue } from './values.js';
import { otherWords, platforms } from './vocabulary.js';

/** A scalar as text. `Feature: what it does` in a list is a section with one key in YAML, but its author meant a text. */
function asText(value: YamlValue, location: Location): string | null {
  if (typeof value === 'string') return value;
  if (isNumber(value) || typeof value === 'boolean') {
    const text = isNumber(value) ? value.written : String(value);
    location.issue('not-text', `is not a text in YAML; write it in quotes: ${quoted(text)}`);
    return text;
  }
  const [entry, ...more] = isSection(value) ? value : [];
  if (entry && more.length === 0 && typeof entry[1] === 'string') {
    location.issue('section-for-text', 'is a key with a value in YAML; write it in quotes');
    return `${entry[0]}: ${entry[1]}`;
  }
  location.issue('wrong-type', 'must be a text; it is ignored');
  return null;
}

/** Whose limit the length of a text has: the standard's, or one of this catalogue. */
type LengthRule = 'too-long' | 'over-limit';

/** Reads a text, cleans it, and truncates it to the allowed length. */
const cleanedText =
  (clean: (text: string) => string, maxLength: number, rule: LengthRule): Reader<string> =>
  (value, location) => {
    const written = asText(value, location);
    if (written === null) return null;
    if (!isPlainText(written))
      location.issue('control-characters', 'contains control or invisible characters; they were removed');
    const text = clean(written);
    if (!isLonger(text, maxLength)) return text === '' ? null : text;
    const limit = rule === 'too-long' ? '' : ', the limit of this catalogue';
    location.issue(rule, `is longer than ${String(maxLength)} characters${limit}; it was cut`);
    return truncate(text, maxLength);
  };

/** Reads a text on one line. */
export const line = (maxLength: number, rule: LengthRule = 'over-limit'): Reader<string> =>
  cleanedText(oneLine, maxLength, rule);
/** Reads a text on several lines. */
export const prose = (maxLength: number, rule: LengthRule = 'over-limit'): Reader<string> =>
  cleanedText(multipleLines, maxLength, rule);

/** Creates a reader from a function that validates a text; the text is cleaned before. */
export const textWith =
  (maxLength: number, validate: (text: string, location: Location) => string | null): Reader<string> =>
  (value, location) => {
    const text = line(maxLength)(value, location);
    return text === null ? null : validate(text, location);
  };

/** The limits of this catalogue where the standard has none. A file as a whole is limited too (`read-document.ts`). */
export const maxTextLength = 5000;
export const maxItems = 1000;
const maxNameCharacters = 300;

/** Reads a name, a version or another short text. */
export const name = line(maxNameCharacters);

/** Reads the name of an organisation. E-mail addresses in it are not kept. */
export const organisationName = textWith(maxNameCharacters, (text, location) => {
  const withoutPerson = withoutEmail(text);
  if (withoutPerson !== text) location.issue('persons-not-kept', 'contains an e-mail address; it is not kept');
  return withoutPerson === '' ? null : withoutPerson;
});

/** Reads the address of a person's mailbox, which is not kept, and not repeated in messages. */
export const email: Reader<never> = (value, location) => {
  if (typeof value !== 'string') location.issue('wrong-type', 'must be a text; it is not kept');
  else if (!/^[^\s@<>()]+@[^\s@]+\.[^\s@.]+$/.test(value))
    location.issue('bad-email', 'is not an e-mail address; it is not kept');
  return null;
};

/** Validates a text about a person, which is not kept, and not repeated in messages. */
export const personalText: Reader<never> = (value, location) => {
  if (isSection(value) || isList(value)) location.issue('wrong-type', 'must be a text; it is not kept');
  return null;
};

/** Validates a media type, which is not kept. */
export const mediaType = textWith(300, (text, location) => {
  if (!/^[a-z\d][a-z\d!#$&^_-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/i.test(text))
    location.issue('bad-media-type', `${quoted(text)} is not a media type such as text/plain`);
  return text;
});

const maxUrlLength = 2000;

/** Reads an absolute http or https address. */
export const webAddress = textWith(maxUrlLength, toWebAddress);

export function toWebAddress(text: string, location: Location): string | null {
  if (/^(?:javascript|data|vbscript|file|blob|about):/i.test(text)) {
    location.issue('unsafe-url', `${quoted(text)} is not a web address; it is ignored`);
    return null;
  }
  if (!/^https?:\/\/\S+$/i.test(text) || parseUrl(text) === null || text.endsWith('…')) {
    location.issue('bad-url', `${quoted(text)} is not an http or https address; it is ignored`);
    return null;
  }
  const url = new URL(text);
  if (url.username === '' && url.password === '') return text;
  location.issue('credentials', 'contains a user name or a password; it was removed');
  url.username = '';
  url.password = '';
  return url.href;
}

/**
 * Reads the address of a repository. One that only git understands (`git@git.example.org:a/b.git`, `ssh://…`) or without a scheme
 * is converted to a web address.
 */
export const repositoryAddress = textWith(maxUrlLength, (text, location) => {
  const address = /^https?:/i.test(text) ? null : toSolutionAddress(text);
  if (address === null || address.startsWith('urn:')) return toWebAddress(text, location);
  const rule = text.includes('://') ? 'git-address' : 'mended-url';
  location.issue(rule, `was converted to a web address: https://${address}`);
  return `https://${address}`;
});

/** Reads a valid day, as a text or, as YAML 1.1 does, as a date. Other forms are understood if they begin with the year. */
export const day: Reader<string> = (value, location) => {
  const text = isNumber(value) ? value.written : line(40)(value, location);
  if (text === null || isDay(text)) return text;
  const read = toDay(text);
  if (read === null) location.issue('bad-date', `${quoted(text)} is not a day such as 2017-04-15`);
  else location.issue('date-form', `${quoted(text)} was read as ${read}; the standard allows only this form`);
  return read;
};

const dateForms = [
  /^(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<date>\d{1,2})(?:[Tt ]+\d{1,2}:\d{2}[\d:.,]*\s*(?:[Zz]|[+-]\d{1,2}(?::?\d{2})?)?)?$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<date>\d{2})$/,
];

/** `2024-1-2`, `2024/01/02`, `20240102` and `2024-01-02T00:00:00.000Z` are 2024-01-02. */
function toDay(text: string): string | null {
  const { year, month, date } = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups) ?? {};
  if (year === undefined || month === undefined || date === undefined) return null;
  const read = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(read) ? read : null;
}

/** Reads a valid day that is not in the future. */
export const pastDay: Reader<string> = (value, location) => {
  const read = day(value, location);
  if (read === null || read <= latestToday()) return read;
  location.issue('future-date', `${quoted(read)} is in the future; it is not kept`);
  return null;
};

/** Reads a boolean; `yes` and `no` were booleans in YAML 1.1. */
export const boolean: Reader<boolean> = (value, location) => {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  const isTrue = ['true', 'yes', 'y', 'on'].includes(word);
  if (isTrue || ['false', 'no', 'n', 'off'].includes(word)) {
    location.issue('not-boolean', `${quoted(word)} is not a boolean in YAML 1.2; write ${String(isTrue)}`);
    return isTrue;
  }
  location.issue('wrong-type', 'must be true or false; it is ignored');
  return null;
};

/** Reads one of the words of a vocabulary as the value that it denotes. */
export const wordOf =
  <T>(words: ReadonlyMap<string, T>): Reader<T> =>
  (value, location) => {
    const written = line(100)(value, location);
    if (written === null) return null;
    const lower = written.toLowerCase();
    const inOtherCase = [...words.keys()].find((word) => word.toLowerCase() === lower);
    const word = words.has(written) ? written : (inOtherCase ?? otherWords.get(lower) ?? '');
    const meaning = words.get(word);
    if (meaning === undefined) {
      location.issue('unknown-value', `${quoted(written)} is not a value of the standard; it is ignored`);
      return null;
    }
    if (word !== written) location.issue('mapped-value', `${quoted(written)} was read as ${quoted(word)}`);
    return meaning;
  };

/** Reads one of the words of a list. */
export const wordIn = (words: ReadonlySet<string>): Reader<string> =>
  wordOf(new Map([...words].map((word) => [word, word])));

/** Reads a platform. Other platforms than the standard's are allowed; those of the standard are in lower case. */
export const platform = textWith(100, (text, location) => {
  const lower = text.toLowerCase();
  if (!platforms.has(lower)) return text;
  if (text !== lower) location.issue('value-case', `${quoted(text)} was read as ${quoted(lower)}`);
  return lower;
});
