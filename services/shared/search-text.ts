import { InputError } from '../kit/graphql/errors.js';
import { normalise } from './normalise.js';

const maxLength = 100;
const maxWords = 8;

/**
 * Normalises the words of a search, with one space between. Null if there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT if it is too long.
 */
export function parseSearchText(search: string | null | undefined): string | null {
  if (search == null) return null;
  // Normalisation can turn one letter into several, so the length is checked again afterwards.
  const text = normalise(search.slice(0, maxLength + 1));
  if (search.length > maxLength || text.length > maxLength || text.split(' ').length > maxWords) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`search\` is too long; at most ${maxLength} characters and ${maxWords} words are allowed.`,
    );
  }
  return text === '' ? null : text;
}

/** How many edits are allowed in a word: none in a short one, which one edit turns into another word. */
export function maxEdits(word: string): number {
  const { length } = Array.from(word);
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** A word with each pair of adjacent letters swapped: the most common typing error. */
export function transpositions(word: string): string[] {
  // Letters, of which some are two units of JavaScript: PostgreSQL cannot store half of one.
  const letters = Array.from(word);
  return letters
    .slice(1)
    .map((letter, index) => [...letters.slice(0, index), letter, letters[index], ...letters.slice(index + 2)].join(''));
}
