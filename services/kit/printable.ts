/**
 * A text for a terminal: control characters other than line ends, which could move the cursor or change the colour, and those that
 * change the direction of a text, are replaced.
 */
export const toPrintable = (text: string): string =>
  text.replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/gu, '\ufffd');
