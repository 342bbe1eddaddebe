/** PostgreSQL's text search configurations, by the language of a text. Their stemmers are called `danish_stem` and so on. */
export const configurations: ReadonlyMap<string, string> = new Map([
  ['da', 'danish'],
  ['nl', 'dutch'],
  ['fr', 'french'],
  ['de', 'german'],
  ['it', 'italian'],
  ['en', 'english'],
]);

/** Stands before the stems of a language in the index. Words have no full stop in them, so that none is taken for a stem. */
export const stemPrefix = (language: string): string => `${language}.`;

/** Languages that write a compound as one word, whose last part says what it is: `informationssikkerhed` is `sikkerhed`. */
export const compoundLanguages: readonly string[] = ['da', 'nl', 'de'];
