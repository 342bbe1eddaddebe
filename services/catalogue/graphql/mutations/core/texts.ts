import type { LocalisedText } from '../../../../shared/languages.js';
import { type FieldPath, invalidValue, MutationError } from './failures.js';

/**
 * Refuses an input with a text that no table can hold, wherever it stands: half of a surrogate pair, or the character U+0000.
 *
 * @throws WriteRefused INVALID_VALUE.
 */
export function rejectInvalidText(value: unknown, field: FieldPath = []): void {
  if (typeof value === 'string' && /\0|\p{Surrogate}/u.test(value)) {
    throw new MutationError([invalidValue(field, 'holds a character that no text has: U+0000, or half of a pair')]);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) rejectInvalidText(part, [...field, name]);
}

/**
 * Texts in languages, as the tables keep them: their tags in the usual spelling, nothing around them.
 *
 * @throws WriteRefused INVALID_VALUE.
 */
export const parseTexts = (texts: readonly LocalisedText[] | null | undefined, field: FieldPath): LocalisedText[] =>
  (texts ?? []).map(({ language, text }, index) => {
    const kept = text.trim();
    if (kept === '') throw new MutationError([invalidValue([...field, `${index}`, 'text'], 'is empty')]);
    return { language: parseTag(language, [...field, `${index}`, 'language']), text: kept };
  });

/** Language tags in their usual spelling. */
export const parseTags = (tags: readonly string[] | null | undefined, field: FieldPath): string[] =>
  (tags ?? []).map((tag, index) => parseTag(tag, [...field, `${index}`]));

/**
 * A language tag in its usual spelling.
 *
 * @throws WriteRefused INVALID_VALUE when it is none.
 */
function parseTag(tag: string, field: FieldPath): string {
  try {
    const [canonical = tag] = Intl.getCanonicalLocales(tag);
    return canonical;
  } catch {
    throw new MutationError([invalidValue(field, 'is no language tag; write one like "fr" or "nl-BE" (BCP 47)')]);
  }
}
