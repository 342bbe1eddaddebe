const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No writing needs more code units than this for one character, on the average of a text. */
const maxUnitsPerCharacter = 16;
/** The segmenter takes a step in time with the length of what it is given. */
const segmentedUnits = 256;

/** Where the characters of a text end that a reader would count: an emoji with its modifiers is one. */
function* endsOfCharacters(text: string): Generator<number> {
  for (let start = 0; start < text.length;) {
    const part = text.slice(start, start + segmentedUnits);
    const lengths = Array.from(segmenter.segment(part), ({ segment }) => segment.length);
    // The last may go on in the next part.
    const whole = start + part.length === text.length || lengths.length === 1 ? lengths : lengths.slice(0, -1);
    for (const length of whole) yield (start += length);
  }
}

/** Whether a text has fewer characters than so many. */
export function isShorter(text: string, least: number): boolean {
  let length = 0;
  for (const _ of text.length < least ? [] : endsOfCharacters(text)) {
    length += 1;
    if (length === least) return false;
  }
  return true;
}

/** Whether a text has more characters than so many, or hides more code units in them than any writing needs. */
export const isLonger = (text: string, most: number): boolean =>
  text.length > maxUnitsPerCharacter * most || !isShorter(text, most + 1);

/** The beginning of a text that is too long, with an ellipsis at its end: at most so many characters. */
export function truncate(text: string, longest: number): string {
  let end = 0;
  let length = 0;
  for (const next of endsOfCharacters(text)) {
    length += 1;
    if (length === longest || next >= maxUnitsPerCharacter * longest) break;
    end = next;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Characters that no text needs and no database takes: controls, and halves of surrogate pairs. */
const unwantedCharacters = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cs}]/gu;

export const hasUnwantedCharacters = (text: string): boolean => text.search(unwantedCharacters) !== -1;

/** Without unwanted characters, and on one line with one space between words. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\t-\r]+/g, ' ')
    .replace(unwantedCharacters, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Without unwanted characters, and without blanks at its ends or at those of its lines. */
export const multipleLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(unwantedCharacters, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const email = /[(<[]?\s*(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?/g;

/** Without e-mail addresses: `Magenta ApS <info@example.org>` becomes `Magenta ApS`. */
export const withoutEmail = (text: string): string => text.replace(email, ' ').replace(/\s+/g, ' ').trim();
