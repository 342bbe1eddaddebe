import { InputError } from '../kit/graphql/errors.js';

/** A text in a language. */
export interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/**
 * The languages that a client's tag stands for, the most specific first: `fr-BE`, then `fr` (RFC 4647, lookup).
 *
 * @throws InputError INVALID_LANGUAGE when it is no BCP 47 tag.
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
      `${JSON.stringify(tag.slice(0, 40))} is no language tag; write one like "fr" or "nl-BE" (BCP 47).`,
    );
  }
}

/** The first text in one of these languages. */
export const findText = (texts: readonly LocalisedText[], languages: readonly string[]): string | null => {
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found.text;
  }
  return null;
};
