/** How many characters a reader would count: an emoji with its modifiers is one. Counts no further than asked for. */
export function lengthOf(text: string, upTo: number): number {
  let length = 0;
  for (const _ of segmenter.segment(text)) {
    length += 1;
    if (length >= upTo) break;
  }
  return length;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The beginning of a text that is too long, with an ellipsis at its end: at most so many characters. */
export function cut(text: string, longest: number): string {
  let end = 0;
  let length = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    length += 1;
    if (length === longest) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Characters that no text needs and no database takes: controls, and halves of surrogate pairs. */
const unwanted = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cs}]/gu;

export const hasUnwanted = (text: string): boolean => text.search(unwanted) !== -1;

/** Without unwanted characters, and on one line with one space between words. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\t-\r]+/g, ' ')
    .replace(unwanted, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Without unwanted characters, and without blanks at its ends or at those of its lines. */
export const manyLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(unwanted, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const email = /[(<[]?\s*(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?/g;

/** Without e-mail addresses: `Magenta ApS <info@example.org>` becomes `Magenta ApS`. */
export const withoutEmail = (text: string): string => text.replace(email, ' ').replace(/\s+/g, ' ').trim();
