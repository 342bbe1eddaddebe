/** The languages of the interface, in the order in which the language switch lists them. English is the default. */
export const languages = ['en', 'da', 'de', 'fr', 'it', 'nl'] as const;

export type Language = (typeof languages)[number];

/** What speakers of each language call it. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  da: 'Dansk',
  de: 'Deutsch',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
};

/** How dates and numbers are written: in Europe, those who read English write the day before the month. */
export const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : language);

export const isLanguage = (text: string | undefined): text is Language =>
  (languages as readonly unknown[]).includes(text);

/** Splits the path of a page into its language and the rest: `/da/needs/x` -> `da`, `/needs/x`. Undefined for other paths. */
export function splitPath(path: string): { readonly language: Language; readonly rest: string } | undefined {
  const [, language] = path.split('/', 2);
  return isLanguage(language) ? { language, rest: path.slice(language.length + 1) } : undefined;
}
