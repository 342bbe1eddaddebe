/** The languages of the catalogues, and English: each has a column of its own where a text is selected in all its languages. */
export const projectLanguages: readonly string[] = ['da', 'de', 'en', 'fr', 'it', 'nl'];
