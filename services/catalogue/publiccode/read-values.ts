import { parseUrl } from '../../../schema/values/parse-url.js';
import { forges } from '../../../schema/values/repository-path.js';
import { isDay } from '../../../schema/values/scalars.js';
import { toSolutionAddress } from '../../../schema/values/solution-address.js';
import { quoted } from './rules.js';
import type { Location, Reader } from './section.js';
import { truncate, hasUnwantedCharacters, isLonger, multipleLines, oneLine, withoutEmail } from './texts.js';
import { isNumber, isSection, type YamlValue } from './values.js';
import { otherWords, platforms } from './vocabulary.js';

/** What a scalar says as text. `Feature: what it does` in a list is a section of one key to YAML, and a text to its author. */
function asText(value: YamlValue, place: Location): string | null {
  if (typeof value === 'string') return value;
  if (isNumber(value) || typeof value === 'boolean') {
    const text = isNumber(value) ? value.written : String(value);
    place.issue('not-text', `is no text to YAML; write it in quotes: ${quoted(text)}`);
    return text;
  }
  const [entry, ...more] = isSection(value) ? value : [];
  if (entry && more.length === 0 && typeof entry[1] === 'string') {
    place.issue('not-text', 'is a key with a value to YAML; write it in quotes');
    return `${entry[0]}: ${entry[1]}`;
  }
  place.issue('wrong-type', 'must be a text; it is left out');
  return null;
}

/** A text as `clean` leaves it, and no longer than allowed. */
const cleanedText =
  (clean: (text: string) => string, longest: number): Reader<string> =>
  (value, place) => {
    const written = asText(value, place);
    if (written === null) return null;
    if (hasUnwantedCharacters(written.replace(/\r\n?/g, '\n')))
      place.issue('control-characters', 'holds control characters; they were removed');
    const text = clean(written);
    if (!isLonger(text, longest)) return text === '' ? null : text;
    place.issue('too-long', `is longer than ${String(longest)} characters; it was cut`);
    return truncate(text, longest);
  };

/** A text on one line. */
export const line = (longest: number): Reader<string> => cleanedText(oneLine, longest);
/** A text on lines. */
export const prose = (longest: number): Reader<string> => cleanedText(multipleLines, longest);

/** Makes a reader of a function that judges texts. Whatever a text is taken from, it is clean when it is judged. */
export const textWith =
  (longest: number, judge: (text: string, place: Location) => string | null): Reader<string> =>
  (value, place) => {
    const text = line(longest)(value, place);
    return text === null ? null : judge(text, place);
  };

/** The name of an organisation. Somebody's e-mail address in it is not kept. */
export const organisationName = textWith(300, (text, place) => {
  const name = withoutEmail(text);
  if (name !== text) place.issue('persons-not-kept', 'holds an e-mail address; it is not kept');
  return name === '' ? null : name;
});

const maxUrlLength = 2000;

/** An absolute http or https address. */
export const webAddress = textWith(maxUrlLength, toWebAddress);

export function toWebAddress(text: string, place: Location): string | null {
  if (/^(?:javascript|data|vbscript|file|blob|about):/i.test(text)) {
    place.issue('unsafe-url', `${quoted(text)} is no web address; it is left out`);
    return null;
  }
  if (!/^https?:\/\/\S+$/i.test(text) || parseUrl(text) === null || text.endsWith('…')) {
    place.issue('bad-url', `${quoted(text)} is no http or https address; it is left out`);
    return null;
  }
  const url = new URL(text);
  if (url.username === '' && url.password === '') return text;
  place.issue('credentials', 'holds a user name or a password; it was removed');
  url.username = '';
  url.password = '';
  return url.href;
}

/** The address of a repository. What git understands and a browser does not (`git@github.com:…`) is written for browsers. */
export const repositoryAddress = textWith(maxUrlLength, (text, place) => {
  const address = /^https?:/i.test(text) ? null : toSolutionAddress(text);
  if (address === null || !forges.has(address.split('/', 1)[0] ?? '')) return toWebAddress(text, place);
  place.issue('mended-url', `was written as the address that a browser opens: https://${address}`);
  return `https://${address}`;
});

/** A file of the repository by its path there, or a web address. */
export const fileAddress = textWith(maxUrlLength, (text, place) => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return toWebAddress(text, place);
  if (!/^[/\\]|…$/.test(text)) return text;
  place.issue('bad-url', `${quoted(text)} is no path from the root of the repository; it is left out`);
  return null;
});

/** A day that the calendar has. */
export const day: Reader<string> = (value, place) => {
  const text = isNumber(value) ? value.written : line(40)(value, place);
  if (text === null || isDay(text)) return text;
  place.issue('bad-date', `${quoted(text)} is no day of the form 2017-04-15`);
  return null;
};

/** `yes` and `no` were booleans in YAML 1.1. */
export const boolean: Reader<boolean> = (value, place) => {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  const isTrue = ['true', 'yes', 'y', 'on'].includes(word);
  if (isTrue || ['false', 'no', 'n', 'off'].includes(word)) {
    place.issue('not-boolean', `${quoted(word)} is no boolean in YAML 1.2; write ${String(isTrue)}`);
    return isTrue;
  }
  place.issue('wrong-type', 'must be true or false; it is left out');
  return null;
};

/** One of the words of a vocabulary: what it stands for. */
export const wordOf =
  <T>(words: ReadonlyMap<string, T>): Reader<T> =>
  (value, place) => {
    const written = line(100)(value, place);
    if (written === null) return null;
    const lower = written.toLowerCase();
    const inOtherCase = [...words.keys()].find((word) => word.toLowerCase() === lower);
    const word = words.has(written) ? written : (inOtherCase ?? otherWords.get(lower) ?? '');
    const meant = words.get(word);
    if (meant === undefined) {
      place.issue('unknown-value', `${quoted(written)} is no value of the standard; it is left out`);
      return null;
    }
    if (word !== written) place.issue('mapped-value', `${quoted(written)} was taken for ${quoted(word)}`);
    return meant;
  };

/** One of the words of a list. */
export const wordIn = (words: ReadonlySet<string>): Reader<string> =>
  wordOf(new Map([...words].map((word) => [word, word])));

/** A platform. Others than the standard's are allowed; its own are written in lower case. */
export const platform = textWith(100, (text, place) =>
  platforms.has(text.toLowerCase()) ? wordIn(platforms)(text, place) : text,
);
