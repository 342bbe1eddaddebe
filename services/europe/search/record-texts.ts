import { normalise, normaliseWithTwoLetters } from '../../shared/normalise.js';
import type { Content } from '../feed/entry-schemas.js';
import { configurations, stemPrefix } from './languages.js';
import { categoryTerms, termsByTopic } from './topics.js';

/** A text of the search vector: words in a language, and their weight. */
export interface SearchText {
  readonly configuration: string;
  /** Precedes its stems, so that equal stems of two languages differ. */
  readonly prefix: string;
  readonly weight: Weight;
  readonly text: string;
}

/** Names weigh most, then short descriptions, then features and categories, then long descriptions. */
type Weight = 'A' | 'B' | 'C' | 'D';

/** The texts by which a search finds a record. */
export function searchTexts(record: Content<'RECORD'>): readonly SearchText[] {
  const names = [record.name, ...record.descriptions.map(({ localisedName }) => localisedName ?? '')];
  return limitLength([
    ...toSearchTexts('', 'A', names.map(nameWords)),
    ...toSearchTexts('en', 'B', [record.applicationSuite]),
    ...record.descriptions.flatMap(({ language, localisedName, shortDescription, features, longDescription }) => [
      ...toSearchTexts(language, 'A', [localisedName]),
      ...toSearchTexts(language, 'B', [shortDescription]),
      ...toSearchTexts(language, 'C', features),
      ...toSearchTexts(language, 'D', [longDescription]),
    ]),
    ...record.categories.flatMap((category) => textsByTopic.get(category) ?? textsOfCategory(category)),
  ]);
}

const textsOfCategory = (category: string): readonly SearchText[] =>
  categoryTerms(category).flatMap(({ language, term }) => toSearchTexts(language, 'C', [term]));

/** A search vector can have a megabyte. Text of this length never exceeds it, whatever its characters and words. */
const maxTextLength = 120_000;

/** If there is too much text, the texts of the least weight are left out. */
function limitLength(texts: readonly SearchText[]): readonly SearchText[] {
  if (texts.reduce((sum, { text }) => sum + text.length, 0) <= maxTextLength) return texts;
  let left = maxTextLength;
  return [...texts]
    .sort((one, other) => (one.weight < other.weight ? -1 : Number(one.weight > other.weight)))
    .filter(({ text }) => (left -= text.length) >= 0);
}

/** Longer than any search, and too long for an index. */
const tooLong = /(\S{100})\S+/gu;

/** Those of the categories of the standard, which are in most records. */
const textsByTopic = new Map([...termsByTopic.keys()].map((topic) => [topic, textsOfCategory(topic)]));

/** Words as they are, and their stems if the language is supported. */
function toSearchTexts(tag: string, weight: Weight, texts: readonly (string | null)[]): SearchText[] {
  const text = withBothSpellings(texts.join('\n')).replace(tooLong, '$1');
  if (text === '') return [];
  const language = tag.split('-')[0]?.toLowerCase() ?? '';
  const configuration = configurations.get(language);
  return [
    { configuration: 'simple', prefix: '', weight, text },
    ...(configuration === undefined ? [] : [{ configuration, prefix: stemPrefix(language), weight, text }]),
  ];
}

/** The words, followed by those that have another spelling in it: `møde i Åbenrå` is also `moede` and `aabenraa`. */
function withBothSpellings(text: string): string {
  const words = normalise(text);
  const withTwoLetters = normaliseWithTwoLetters(text);
  if (words === withTwoLetters) return words;
  const usual = words.split(' ');
  const others = withTwoLetters.split(' ').filter((word, place) => word !== usual[place]);
  return [words, ...new Set(others)].join(' ');
}

/** A name as written, by its parts, and without separators: `OS2dagsorden` is also `OS2 dagsorden`, `DB-All.e` also `dballe`. */
function nameWords(name: string): string {
  const parts = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Number})(\p{Letter})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  const joined = name.replace(/[^\p{Letter}\p{Mark}\p{Number}\s]+/gu, '');
  return [...new Set([name, parts, joined].flatMap((text) => [normalise(text), normaliseWithTwoLetters(text)]))].join(
    ' ',
  );
}
