/** Letters that Unicode does not decompose into a base letter and a mark, in lower case. */
const letters = new Map([
  ['æ', 'ae'],
  ['ø', 'o'],
  ['œ', 'oe'],
  ['ß', 'ss'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ł', 'l'],
  ['ŋ', 'n'],
  ['ŧ', 't'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);

/** Signs that compatibility would turn into letters of the word before them. */
const signs = /[™℠]/gu;
/** Marks and what no reader sees: soft hyphens, joiners, byte-order marks. */
const ignorable = /[\p{Mark}\p{Default_Ignorable_Code_Point}]/gu;
/** Apostrophes that Unicode counts as letters, as in `Santʼ Ilario`. */
const modifiers = /[\u02B0-\u02FF]/gu;

/** Texts without any of these are normalised by a fraction of the steps. */
const beyondAscii = /[^\p{ASCII}]/u;

/**
 * A name as searches, orders and comparisons see it: lower case, without accents, in plain letters (NFKC), words of letters and
 * digits with one space between. `Høje-Taastrup` becomes `hoje taastrup`.
 */
export const normalise = (text: string): string =>
  beyondAscii.test(text)
    ? normaliseAny(text)
    : text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, ' ')
        .trim();

const normaliseAny = (text: string): string =>
  text
    .replace(signs, ' ')
    .normalize('NFKD')
    .replace(ignorable, '')
    .replace(modifiers, ' ')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => letters.get(letter) ?? letter)
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();

/** Letters that a language also writes as two: `Åbenrå` is `Aabenraa`, `Köln` is `Koeln`. */
const writtenAsTwo = new Map([
  ['å', 'aa'],
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ø', 'oe'],
  ['ü', 'ue'],
]);

/** Normalises a text with these letters as two. It has as many words as the other spelling, in the same places. */
export const normaliseWithTwoLetters = (text: string): string =>
  normalise(
    beyondAscii.test(text)
      ? text
          .normalize('NFC')
          .toLowerCase()
          .replace(/[åäöøü]/g, (letter) => writtenAsTwo.get(letter) ?? letter)
      : text,
  );

/** Words that names are written with in full or short: `St-Étienne`, `Sct. Jørgen`, `S. Giovanni`. Normalised. */
const shortForms = new Map(
  Object.entries({ st: 'saint sankt sanct sint sct skt', ste: 'sainte', s: 'san sant santa santo santi' }).flatMap(
    ([short, words]) => words.split(' ').map((word) => [word, short] as const),
  ),
);
const hasShortForm = new RegExp(`(?<![^ ])(?:${[...shortForms.keys()].join('|')})(?![^ ])`);

const shorten = (normalised: string): string =>
  hasShortForm.test(normalised)
    ? normalised
        .split(' ')
        .map((word) => shortForms.get(word) ?? word)
        .join(' ')
    : normalised;

/**
 * All spellings of a name, normalised; the usual one first. Two names are the same if they have a spelling in common:
 * `Åbenrå` is `abenra` and `aabenraa`, `Saint-Étienne` is `saint etienne` and `st etienne`.
 */
export function spellings(name: string): readonly string[] {
  const written = [normalise(name), normaliseWithTwoLetters(name)];
  return [...new Set([...written, ...written.map(shorten)])];
}

/** The one of the spellings of a name that is a key: two names with a spelling in common have the same, or it is a spelling of both. */
export const nameKey = (name: string): string => shorten(normaliseWithTwoLetters(name));
