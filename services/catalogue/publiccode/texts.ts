import { toPlainText } from '../../../schema/values/plain-text.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No script needs more code units per character than this, on the average of a text. */
const maxUnitsPerCharacter = 16;
/** Each step of the segmenter takes time in proportion to the length of its input. */
const segmentedUnits = 256;

/** The ends of the user-perceived characters (graphemes) of a text: an emoji with its modifiers is one. */
function* endsOfCharacters(text: string): Generator<number> {
  for (let start = 0; start < text.length;) {
    const part = text.slice(start, start + segmentedUnits);
    const lengths = Array.from(segmenter.segment(part), ({ segment }) => segment.length);
    // The last character can continue in the next part.
    const whole = start + part.length === text.length || lengths.length === 1 ? lengths : lengths.slice(0, -1);
    for (const length of whole) yield (start += length);
  }
}

/** Texts of which each code unit is a character: most texts in Latin letters. The segmenter takes a hundred times as long. */
const oneUnitEach = /^[\n\x20-\x7e\u00a0-\u02ff]*$/;

/** Whether a text has fewer characters than `minLength`. */
export function isShorter(text: string, minLength: number): boolean {
  if (oneUnitEach.test(text)) return text.length < minLength;
  let length = 0;
  for (const _ of text.length < minLength ? [] : endsOfCharacters(text)) {
    length += 1;
    if (length === minLength) return false;
  }
  return true;
}

/** Whether a text has more characters than `maxLength`, or hides more code units in them than any script needs. */
export const isLonger = (text: string, maxLength: number): boolean =>
  text.length > maxUnitsPerCharacter * maxLength || !isShorter(text, maxLength + 1);

/** The beginning of a text that is too long, with an ellipsis: at most `maxLength` characters. */
export function truncate(text: string, maxLength: number): string {
  let end = 0;
  let length = 0;
  for (const next of endsOfCharacters(text)) {
    length += 1;
    if (length === maxLength || next >= maxUnitsPerCharacter * maxLength) break;
    end = next;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Removes control and invisible characters, and joins the words on one line with single spaces. */
export const oneLine = (text: string): string =>
  toPlainText(text.replace(/[\t-\r]+/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** Removes control and invisible characters, and blanks at the ends of the text and of its lines. */
export const multipleLines = (text: string): string =>
  toPlainText(text.replace(/\r\n?/g, '\n'))
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const email = /[(<[]?\s*(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?/g;

/** Removes e-mail addresses: `Magenta ApS <info@example.org>` becomes `Magenta ApS`. */
export const withoutEmail = (text: string): string => text.replace(email, ' ').replace(/\s+/g, ' ').trim();
