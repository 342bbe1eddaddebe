import { normalise } from '../../shared/normalise.js';
import type { Content } from '../feed/entry-schemas.js';
import { configurations, stemPrefix } from './languages.js';
import { categoryTerms } from './topics.js';

/** A text as the search vector takes it: words in a language, and how much they weigh. */
export interface SearchText {
  readonly configuration: string;
  /** Stands before its stems, so that those of one language are not another's. */
  readonly prefix: string;
  readonly weight: Weight;
  readonly text: string;
}

/** Names weigh most, then what it is in a sentence, then what it is for and can do, then what is said at length. */
type Weight = 'A' | 'B' | 'C' | 'D';

/** What a record is found by. */
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
    ...record.categories.flatMap((category) =>
      categoryTerms(category).flatMap(({ language, term }) => toSearchTexts(language, 'C', [term])),
    ),
  ]);
}

/** A search vector takes a megabyte. So much text is never more, whatever its letters and words. */
const maxTextLength = 120_000;

/** Where there is too much, what weighs least is not searched. */
function limitLength(texts: readonly SearchText[]): readonly SearchText[] {
  if (texts.reduce((sum, { text }) => sum + text.length, 0) <= maxTextLength) return texts;
  let left = maxTextLength;
  return [...texts]
    .sort((one, other) => (one.weight < other.weight ? -1 : Number(one.weight > other.weight)))
    .filter(({ text }) => (left -= text.length) >= 0);
}

/** What no search is as long as, and an index has no place for. */
const tooLong = /(\S{100})\S+/gu;

/** Words as they stand, and by their stems where the language is one that is searched. */
function toSearchTexts(tag: string, weight: Weight, texts: readonly (string | null)[]): SearchText[] {
  const text = normalise(texts.join('\n')).replace(tooLong, '$1');
  if (text === '') return [];
  const language = tag.split('-')[0]?.toLowerCase() ?? '';
  const configuration = configurations.get(language);
  return [
    { configuration: 'simple', prefix: '', weight, text },
    ...(configuration === undefined ? [] : [{ configuration, prefix: stemPrefix(language), weight, text }]),
  ];
}

/** A name as written, by its parts, and without what is between them: `OS2dagsorden` is also `OS2 dagsorden`, `DB-All.e` also `dballe`. */
function nameWords(name: string): string {
  const parts = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Number})(\p{Letter})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  const joined = name.replace(/[^\p{Letter}\p{Mark}\p{Number}\s]+/gu, '');
  return [...new Set([name, parts, joined].map(normalise))].join(' ');
}
