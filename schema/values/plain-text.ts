/**
 * The characters that no text for people contains: control characters other than tabs and line ends, lone surrogates,
 * invisible characters, and those that change the direction of the text around them. With them a name can look like another
 * name. Variation selectors are allowed, and joiners between emoji.
 */
const forbidden =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}\ufff9-\ufffb]|(?![\ufe00-\ufe0f\u200d])\p{Default_Ignorable_Code_Point}|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/u;

/**
 * A character that needs a closer look: most texts have none, and this test takes a fraction of the time. The others are Latin,
 * Greek and Cyrillic letters, punctuation, currencies and symbols.
 */
const uncommon = /[^\t\n\r\x20-\x7e\xa0-\xac\xae-\u034e\u0370-\u0600\u2010-\u2027\u20a0-\u2bff]/;

/** For messages: the texts that `isPlainText` accepts. */
export const plainTextFormat = 'a text without control characters, invisible characters and lone surrogates';

/** Whether a text has only characters that people see, spaces and line ends. */
export const isPlainText = (text: string): boolean => !uncommon.test(text) || !forbidden.test(text);

/** Replaces each character that is not allowed in a plain text. */
export const toPlainText = (text: string, replacement = ''): string =>
  isPlainText(text) ? text : text.replace(new RegExp(forbidden, 'gu'), replacement);
