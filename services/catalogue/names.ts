import { InputError } from '../kit/errors.js';
import type { NationalCatalogue } from './country.js';
import type { LocalisedText, OrganisationRow } from './rows.js';

/**
 * The languages that a client's tag stands for, the most specific first: `fr-BE`, then `fr` (RFC 4647, lookup).
 *
 * @throws InputError INVALID_LANGUAGE when it is no BCP 47 tag.
 */
export function readLanguage(tag: string | null | undefined): readonly string[] {
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
export const textIn = (texts: readonly LocalisedText[], languages: readonly string[]): string | null => {
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found.text;
  }
  return null;
};

/**
 * A body's text by the rule for names: in the language asked for, else in the body's own, else in the first of the
 * catalogue's that has one, else the first there is. Null when there is none at all.
 */
export const textOf = (
  { languages }: Pick<NationalCatalogue, 'languages'>,
  texts: readonly LocalisedText[],
  officialLanguages: readonly string[],
  asked: string | null | undefined,
): string | null =>
  textIn(texts, [...readLanguage(asked), ...officialLanguages, ...languages]) ?? texts[0]?.text ?? null;

/** A body's name by the rule for names. */
export const nameOf = (
  catalogue: Pick<NationalCatalogue, 'languages'>,
  { id, names, officialLanguages }: Pick<OrganisationRow, 'id' | 'names' | 'officialLanguages'>,
  asked?: string | null,
): string => textOf(catalogue, names, officialLanguages, asked) ?? id;
