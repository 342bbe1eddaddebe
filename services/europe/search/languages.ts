/** PostgreSQL's text search configurations, by the language of a text. Their stemmers are called `danish_stem` and so on. */
export const configurations: ReadonlyMap<string, string> = new Map([
  ['da', 'danish'],
  ['nl', 'dutch'],
  ['fr', 'french'],
  ['de', 'german'],
  ['it', 'italian'],
  ['en', 'english'],
]);

/** Precedes the stems of a language in the index. Words contain no full stop, so none can be mistaken for a stem. */
export const stemPrefix = (language: string): string => `${language}.`;

/** Languages that write a compound as one word, whose last part determines the meaning: `informationssikkerhed` is `sikkerhed`. */
export const compoundLanguages: readonly string[] = ['da', 'nl', 'de'];

/** SQL condition: a word of the index is a stem of such a language. An index has the same condition. */
export const isStemOfCompound = `left(word, 3) IN (${compoundLanguages.map((language) => `'${stemPrefix(language)}'`).join(', ')})`;
