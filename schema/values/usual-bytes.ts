/**
 * Whether the text from `start` to `end` is valid without doubt. It consists of ASCII characters without quotes and backslashes then.
 * Most texts in a response are, and comparing their bytes takes a fraction of the time of a regular expression.
 */
export type IsUsual = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Which bytes a text may consist of, by byte. */
type ByteClass = Uint8Array;

function toClass(characters: string): ByteClass {
  const allowed = new Uint8Array(256);
  for (const character of characters) allowed[character.charCodeAt(0)] = 1;
  return allowed;
}

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const small = capitals.toLowerCase();
const digits = '0123456789';
const [hyphen, slash, digitZero, digitNine, colon] = [0x2d, 0x2f, 0x30, 0x39, 0x3a];
const [smallLetters, capitalLetters] = [toClass(small), toClass(capitals)];
const [codeCharacters, regionCharacters] = [toClass(`${small}${digits}-`), toClass(capitals + digits)];

function consistsOf(allowed: ByteClass, bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (allowed[bytes[index] ?? 0] !== 1) return false;
  return true;
}

function startsWith(prefix: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < prefix.length; index += 1) if (bytes[start + index] !== prefix[index]) return false;
  return true;
}

/** One of some texts. */
export function oneOf(texts: readonly string[]): IsUsual {
  const all = texts.filter((text) => /^[\w:. -]+$/.test(text)).map((text) => new Uint8Array(Buffer.from(text)));
  return (bytes, start, end) => {
    for (const one of all) if (one.length === end - start && startsWith(one, bytes, start)) return true;
    return false;
  };
}

/** Characters of `allowed`, the first of them of `first`. */
export function charactersOf(
  allowed: string,
  { min = 1, max, first = allowed }: { readonly min?: number; readonly max: number; readonly first?: string },
): IsUsual {
  const [allowedClass, firstClass] = [toClass(allowed), toClass(first)];
  return (bytes, start, end) =>
    end - start >= min &&
    end - start <= max &&
    firstClass[bytes[start] ?? 0] === 1 &&
    consistsOf(allowedClass, bytes, start, end);
}

/**
 * A code after a prefix, such as that of a country and a type: small letters, digits and hyphens between them.
 *
 * @param country in small letters. Undefined: any two letters.
 * @param rest what follows the country.
 */
export function codeAfter(country: string | undefined, rest: string, max: number): IsUsual {
  const [own, after] = [country, rest].map((text = '') => new Uint8Array(Buffer.from(text))) as [
    Uint8Array,
    Uint8Array,
  ];
  const prefixLength = 2 + after.length;
  return (bytes, start, end) => {
    const code = start + prefixLength;
    if (code >= end || end - code > max) return false;
    const isCountry =
      country === undefined ? consistsOf(smallLetters, bytes, start, start + 2) : startsWith(own, bytes, start);
    return (
      isCountry &&
      startsWith(after, bytes, start + 2) &&
      bytes[code] !== hyphen &&
      bytes[end - 1] !== hyphen &&
      consistsOf(codeCharacters, bytes, code, end)
    );
  };
}

export const anyOf =
  (one: IsUsual, other: IsUsual): IsUsual =>
  (bytes, start, end) =>
    one(bytes, start, end) || other(bytes, start, end);

/** Two capital letters. */
export const twoCapitals: IsUsual = (bytes, start, end) =>
  end - start === 2 && consistsOf(capitalLetters, bytes, start, end);

/** Two capital letters, and capital letters and digits after them. */
export const regionCode =
  (max: number): IsUsual =>
  (bytes, start, end) =>
    end - start <= max && twoCapitals(bytes, start, start + 2) && consistsOf(regionCharacters, bytes, start + 2, end);

const digit = (bytes: Uint8Array, at: number): number => {
  const byte = bytes[at] ?? 0;
  return byte >= digitZero && byte <= digitNine ? byte - digitZero : NaN;
};

/** A text before one of another form. */
export function behind(prefix: string, form: IsUsual): IsUsual {
  const bytesOfPrefix = new Uint8Array(Buffer.from(prefix));
  return (bytes, start, end) =>
    startsWith(bytesOfPrefix, bytes, start) && form(bytes, start + bytesOfPrefix.length, end);
}

/** Two codes of small letters, digits and hyphens with a slash between them, the first of which is none of `reserved`. */
export function twoCodes(max: number, reserved: readonly string[]): IsUsual {
  const isReserved = oneOf(reserved);
  const isCode = (bytes: Uint8Array, start: number, end: number): boolean =>
    end > start && end - start <= max && bytes[start] !== hyphen && consistsOf(codeCharacters, bytes, start, end);
  return (bytes, start, end) => {
    let middle = start;
    while (middle < end && bytes[middle] !== slash) middle += 1;
    return isCode(bytes, start, middle) && isCode(bytes, middle + 1, end) && !isReserved(bytes, start, middle);
  };
}

/** A moment of such a day, in whole seconds. */
export const plainMoment: IsUsual = (bytes, start, end) =>
  end - start === 20 &&
  plainDay(bytes, start, start + 10) &&
  bytes[start + 10] === 0x54 &&
  twoDigits(bytes, start + 11) <= 23 &&
  bytes[start + 13] === colon &&
  twoDigits(bytes, start + 14) <= 59 &&
  bytes[start + 16] === colon &&
  twoDigits(bytes, start + 17) <= 59 &&
  bytes[start + 19] === 0x5a;

/** NaN if they are none. */
const twoDigits = (bytes: Uint8Array, at: number): number => digit(bytes, at) * 10 + digit(bytes, at + 1);

/** A day that every month has, of any year but 0. */
export const plainDay: IsUsual = (bytes, start, end) => {
  if (end - start !== 10 || bytes[start + 4] !== hyphen || bytes[start + 7] !== hyphen) return false;
  const year =
    digit(bytes, start) * 1_000 +
    digit(bytes, start + 1) * 100 +
    digit(bytes, start + 2) * 10 +
    digit(bytes, start + 3);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
};
