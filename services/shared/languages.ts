import { InputError } from '../kit/graphql/errors.js';

/** A text in a language. */
export interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/**
 * Parses the language tag of a client. Returns the languages that it includes, the most specific first: `fr-BE`, then `fr` (RFC 4647, lookup).
 *
 * @throws InputError INVALID_LANGUAGE if it is not a BCP 47 tag.
 */
export function parseLanguage(tag: string | null | undefined): readonly string[] {
  if (tag == null) return [];
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(tag);
    const parts = canonical.split('-');
    return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  } catch {
    throw new InputError(
      'INVALID_LANGUAGE',
      `${JSON.stringify(tag.slice(0, 40))} is not a valid language tag (BCP 47), such as "fr" or "nl-BE".`,
    );
  }
}

/** The first text in one of these languages. */
export const findText = (texts: readonly LocalisedText[], languages: readonly string[]): LocalisedText | null => {
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  return null;
};

/**
 * A text of a list of descriptions: in the requested language, else in the first of the catalogue's languages that has one, else
 * the first text in any language.
 *
 * @throws InputError INVALID_LANGUAGE if the requested language is not a BCP 47 tag.
 */
export function findDescription<Field extends string>(
  descriptions: readonly (Readonly<Record<Field, string | null>> & { readonly language: string })[],
  field: Field,
  requestedLanguage: string | null | undefined,
  catalogueLanguages: readonly string[],
): LocalisedText | null {
  const texts = descriptions.flatMap(({ language, [field]: text }) => (text === null ? [] : [{ language, text }]));
  return findText(texts, [...parseLanguage(requestedLanguage), ...catalogueLanguages]) ?? texts[0] ?? null;
}
