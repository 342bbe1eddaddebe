import { quoted, refuse } from './refuse.js';
import type { Organisation, Text } from './types.js';

/** The languages of this catalogue, in the order in which names fall back. */
export const languages = ['da', 'en'] as const;

/** What a client's tag stands for, the most specific first: `da-DK`, then `da`. */
function readLanguage(tag: string | null | undefined): string[] {
  if (tag == null) return [];
  try {
    const parts = (Intl.getCanonicalLocales(tag)[0] ?? '').split('-');
    return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  } catch {
    throw refuse('INVALID_LANGUAGE', `${quoted(tag)} is no language tag; write one like "da" or "nl-BE" (BCP 47).`);
  }
}

/** A text in the language asked for, else in the body's own, else in the first of the catalogue's, else any. */
export function textIn(
  texts: readonly Text[],
  asked: string | null | undefined,
  own: readonly string[] = [],
): string | null {
  const wanted = [...readLanguage(asked), ...own, ...languages];
  const found = wanted.map((language) => texts.find((text) => text.language === language)).find(Boolean);
  return (found ?? texts[0])?.text ?? null;
}

export const nameOf = ({ id, names, officialLanguages }: Organisation, language?: string | null): string =>
  textIn(names, language, officialLanguages) ?? id;

const undivided: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', œ: 'oe', ß: 'ss', ð: 'd', þ: 'th' };

/** A name as lists and searches see it: without accents, in small letters, with one space between words. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[æøœßðþ]/g, (letter) => undivided[letter] ?? letter)
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();

/** By what a body stands in a list. */
export const sortName = (body: Organisation): string => plain(nameOf(body));
