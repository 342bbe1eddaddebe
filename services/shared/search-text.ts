import { InputError } from '../kit/graphql/errors.js';
import { normalise } from './normalise.js';

const longest = 100;
const mostWords = 8;

/**
 * The words of a search, normalised, with one space between. Null when there is nothing to search for.
 *
 * @throws InputError INVALID_ARGUMENT when it is too long.
 */
export function parseSearchText(search: string | null | undefined): string | null {
  if (search == null) return null;
  // Letters may fall apart into several: what is too long only then is too long too.
  const text = normalise(search.slice(0, longest + 1));
  if (search.length > longest || text.length > longest || text.split(' ').length > mostWords) {
    throw new InputError(
      'INVALID_ARGUMENT',
      `\`search\` is too long; it can have ${longest} characters and ${mostWords} words.`,
    );
  }
  return text === '' ? null : text;
}

/** How many typing errors are forgiven in a word: none in a short one, which one error makes another word. */
export function maxEdits(word: string): number {
  const { length } = Array.from(word);
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** A word with each pair of neighbouring letters swapped: the commonest slip of a quick hand. */
export function transpositions(word: string): string[] {
  // Letters, of which some are two units of JavaScript: half of one is no text to PostgreSQL.
  const letters = Array.from(word);
  return letters
    .slice(1)
    .map((letter, index) => [...letters.slice(0, index), letter, letters[index], ...letters.slice(index + 2)].join(''));
}
