import { isAt, type Literal, toLiteral } from './byte-literal.js';
import { findByte, firstOf, repeat, wordBytes } from './four-bytes.js';
import { type Places, type StoredKey, toStoredKeys } from './json-shape.js';

/** JSON in UTF-8. */
export interface JsonBytes {
  readonly bytes: Buffer;
  /** Of the same bytes. */
  readonly view: DataView;
}

/** A key of an object, as `StoredKey`, of which the prefix is compared with bytes. */
export interface ByteKey extends Pick<StoredKey, 'name' | 'place'> {
  readonly prefix: Literal;
  readonly inner: readonly ByteKey[] | null;
}

const [quote, backslash, comma, openBrace, closeBrace, openBracket, closeBracket] = [
  0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d,
];
const [firstOfNull, firstOfTrue, firstOfFalse] = [0x6e, 0x74, 0x66];
const [quotes, backslashes] = [repeat(quote), repeat(backslash)];

export const toJsonBytes = (bytes: Buffer): JsonBytes => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
});

export const isNull = ({ bytes }: JsonBytes, at: number): boolean => bytes[at] === firstOfNull;

/** The keys of an object in the order in which they are written: items of one list usually have the same. */
export const toByteKeys = (object: object): ByteKey[] => toStoredKeys(object).map(toByteKey);

const toByteKey = ({ name, prefix, place, inner }: StoredKey): ByteKey => ({
  name,
  place,
  prefix: toLiteral(prefix),
  inner: inner && inner.map(toByteKey),
});

/**
 * Finds the values of an object with these keys in this order, as `JSON.stringify` writes it.
 *
 * @returns where the object ends; -1 if it has other keys.
 */
export function findValues(json: JsonBytes, start: number, keys: readonly ByteKey[], places: Places): number {
  let at = start;
  for (const { prefix, place, inner } of keys) {
    if (!isAt(json.view, at, prefix)) return -1;
    at += prefix.bytes.length;
    places[place] = at;
    at = inner && !isNull(json, at) ? findValues(json, at, inner, places) : findEnd(json, at);
    if (at === -1) return -1;
    places[place + 1] = at;
  }
  return json.bytes[at] === closeBrace ? at + 1 : -1;
}

/** Where the value ends that begins here; -1 if it has no end. */
export function findEnd(json: JsonBytes, at: number): number {
  switch (json.bytes[at]) {
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
      return findEndOfNumber(json.bytes, at);
  }
}

function findEndOfText({ bytes, view }: JsonBytes, start: number): number {
  const { length } = bytes;
  let at = start + 1;
  while (at + wordBytes <= length) {
    const word = view.getInt32(at, true);
    const found = findByte(word, quotes) | findByte(word, backslashes);
    if (found === 0) at += wordBytes;
    else {
      at += firstOf(found);
      if (bytes[at] === quote) return at + 1;
      at += 2;
    }
  }
  for (; at < length; at += bytes[at] === backslash ? 2 : 1) if (bytes[at] === quote) return at + 1;
  return -1;
}

function findEndOfList(json: JsonBytes, start: number): number {
  const { bytes } = json;
  const { length } = bytes;
  let depth = 0;
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = findEndOfText(json, at);
      if (end === -1) return -1;
      at = end - 1;
    } else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function findEndOfNumber(bytes: Buffer, start: number): number {
  const { length } = bytes;
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === comma || byte === closeBrace || byte === closeBracket) return at;
  }
  return -1;
}
