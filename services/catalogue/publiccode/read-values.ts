import { parseUrl } from '../../../schema/values/parse-url.js';
import { forges } from '../../../schema/values/repository-path.js';
import { isPlainText } from '../../../schema/values/plain-text.js';
import { isDay } from '../../../schema/values/value-form.js';
import { toSolutionAddress } from '../../../schema/values/solution-address.js';
import { latestToday } from '../../shared/dates.js';
import { quoted } from './rules.js';
import type { Location, Reader } from './section.js';
import { truncate, isLonger, multipleLines, oneLine, withoutEmail } from './texts.js';
import { isNumber, isSection, type YamlValue } from './values.js';
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
    location.issue('not-text', 'is a key with a value in YAML; write it in quotes');
    return `${entry[0]}: ${entry[1]}`;
  }
  location.issue('wrong-type', 'must be a text; it is ignored');
  return null;
}

/** Reads a text, cleans it, and truncates it to the allowed length. */
const cleanedText =
  (clean: (text: string) => string, maxLength: number): Reader<string> =>
  (value, location) => {
    const written = asText(value, location);
    if (written === null) return null;
    if (!isPlainText(written))
      location.issue('control-characters', 'contains control or invisible characters; they were removed');
    const text = clean(written);
    if (!isLonger(text, maxLength)) return text === '' ? null : text;
    location.issue('too-long', `is longer than ${String(maxLength)} characters; it was cut`);
    return truncate(text, maxLength);
  };

/** Reads a text on one line. */
export const line = (maxLength: number): Reader<string> => cleanedText(oneLine, maxLength);
/** Reads a text on several lines. */
export const prose = (maxLength: number): Reader<string> => cleanedText(multipleLines, maxLength);

/** Creates a reader from a function that validates a text; the text is cleaned before. */
export const textWith =
  (maxLength: number, validate: (text: string, location: Location) => string | null): Reader<string> =>
  (value, location) => {
    const text = line(maxLength)(value, location);
    return text === null ? null : validate(text, location);
  };

/** Reads the name of an organisation. E-mail addresses in it are not kept. */
export const organisationName = textWith(300, (text, location) => {
  const name = withoutEmail(text);
  if (name !== text) location.issue('persons-not-kept', 'contains an e-mail address; it is not kept');
  return name === '' ? null : name;
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

/** Reads the address of a repository. An address that only git understands (`git@github.com:…`) is converted to a web address. */
export const repositoryAddress = textWith(maxUrlLength, (text, location) => {
  const address = /^https?:/i.test(text) ? null : toSolutionAddress(text);
  if (address === null || !forges.has(address.split('/', 1)[0] ?? '')) return toWebAddress(text, location);
  location.issue('mended-url', `was converted to a web address: https://${address}`);
  return `https://${address}`;
});

/** Reads the path of a file in the repository, or a web address. */
export const fileAddress = textWith(maxUrlLength, (text, location) => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return toWebAddress(text, location);
  if (!/^[/\\]|…$/.test(text)) return text;
  location.issue('bad-url', `${quoted(text)} is not a path from the root of the repository; it is ignored`);
  return null;
});

/** Reads a valid day. */
export const day: Reader<string> = (value, location) => {
  const text = isNumber(value) ? value.written : line(40)(value, location);
  if (text === null || isDay(text)) return text;
  location.issue('bad-date', `${quoted(text)} is not a day such as 2017-04-15`);
  return null;
};

/** Reads a valid day that is not in the future. */
export const pastDay: Reader<string> = (value, location) => {
  const read = day(value, location);
  if (read === null || read <= latestToday()) return read;
  location.issue('bad-date', `${quoted(read)} is in the future; it is not kept`);
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
export const platform = textWith(100, (text, location) =>
  platforms.has(text.toLowerCase()) ? wordIn(platforms)(text, location) : text,
);
