/** A key of an object that is stored as JSON. */
export interface StoredKey {
  readonly name: string;
  /** The key as it is written, and what is before it. */
  readonly prefix: string;
  /** The number of the place that states where its value begins; the next one states where it ends. */
  readonly place: number;
  /** The keys of its value, if that is an object that is not empty. */
  readonly inner: readonly StoredKey[] | null;
}

/** The places where the values of an object begin and end in its JSON, by the numbers of their keys. */
export type Places = number[];

const [quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket] = [
  0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d,
];
const [firstOfNull, firstOfTrue, firstOfFalse] = [0x6e, 0x74, 0x66];

export const isNull = (json: string, at: number): boolean => json.charCodeAt(at) === firstOfNull;

/** The keys of an object in the order in which they are stored: rows of one table usually have the same. */
export function toStoredKeys(object: object, next = { place: 0 }): StoredKey[] {
  return Object.entries(object).map(([name, value]: [string, unknown], index) => {
    const { place } = next;
    next.place += 2;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const inner = isObject ? toStoredKeys(value, next) : [];
    return {
      name,
      prefix: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
      place,
      inner: inner.length > 0 ? inner : null,
    };
  });
}

/**
 * Finds the values of an object with these keys in this order, as `JSON.stringify` writes it.
 *
 * @returns where the object ends; -1 if it has other keys.
 */
export function findValues(json: string, start: number, keys: readonly StoredKey[], places: Places): number {
  let at = start;
  for (const { prefix, place, inner } of keys) {
    if (!json.startsWith(prefix, at)) return -1;
    at += prefix.length;
    places[place] = at;
    at = inner && !isNull(json, at) ? findValues(json, at, inner, places) : findEnd(json, at);
    if (at === -1) return -1;
    places[place + 1] = at;
  }
  return json.charCodeAt(at) === closeBrace ? at + 1 : -1;
}

/** Where the value ends that begins here; -1 if it has no end. */
export function findEnd(json: string, at: number): number {
  switch (json.charCodeAt(at)) {
    case quote:
      return findEndOfText(json, at);
    case firstOfNull:
    case firstOfTrue:
      return at + 4;
    case firstOfFalse:
      return at + 5;
    case openBrace:
    case openBracket:
      return findEndOfList(json, at);
    default:
      return findEndOfNumber(json, at);
  }
}

function findEndOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && json.charCodeAt(end - 1) === backslash) {
    let first = end - 1;
    while (json.charCodeAt(first - 1) === backslash) first -= 1;
    // Each backslash is written as two.
    if ((end - first) % 2 === 0) break;
    end = json.indexOf('"', end + 1);
  }
  return end + 1 || -1;
}

function findEndOfList(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === quote) {
      const end = findEndOfText(json, at);
      if (end === -1) return -1;
      at = end - 1;
    } else if (character === openBrace || character === openBracket) depth += 1;
    else if (character === closeBrace || character === closeBracket) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function findEndOfNumber(json: string, start: number): number {
  for (let at = start; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === comma || character === closeBrace || character === closeBracket) return at;
  }
  return -1;
}
