import { isPlainText } from '../../../../../schema/values/plain-text.js';
import type { LocalisedText } from '../../../../shared/languages.js';
import { type FieldPath, invalidValue, MutationError } from './failures.js';

/**
 * Rejects an input with a text in any of its fields that the gateway and the index would not accept: see `isPlainText`.
 *
 * @throws MutationError INVALID_VALUE.
 */
export function rejectInvalidText(value: unknown, field: FieldPath = []): void {
  if (typeof value === 'string' && !isPlainText(value)) {
    const characters = 'contains a control character, an invisible character or a lone surrogate: remove it';
    throw new MutationError([invalidValue(field, characters)]);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) rejectInvalidText(part, [...field, name]);
}

/**
 * Parses localised texts: trims them and brings their language tags into canonical form.
 *
 * @throws MutationError INVALID_VALUE.
 */
export const parseTexts = (texts: readonly LocalisedText[] | null | undefined, field: FieldPath): LocalisedText[] =>
  (texts ?? []).map(({ language, text }, index) => {
    const trimmed = text.trim();
    if (trimmed === '') throw new MutationError([invalidValue([...field, `${index}`, 'text'], 'is empty')]);
    return { language: parseTag(language, [...field, `${index}`, 'language']), text: trimmed };
  });

/** Language tags in canonical form. */
export const parseTags = (tags: readonly string[] | null | undefined, field: FieldPath): string[] =>
  (tags ?? []).map((tag, index) => parseTag(tag, [...field, `${index}`]));

/**
 * A language tag in canonical form.
 *
 * @throws MutationError INVALID_VALUE if it is not a language tag.
 */
function parseTag(tag: string, field: FieldPath): string {
  try {
    const [canonical = tag] = Intl.getCanonicalLocales(tag);
    return canonical;
  } catch {
    throw new MutationError([invalidValue(field, 'is not a valid language tag (BCP 47), such as "fr" or "nl-BE"')]);
  }
}
