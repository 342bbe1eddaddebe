import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

import { InputError } from '../../kit/graphql/errors.js';

/** What a check was about. */
export interface CheckInput {
  readonly text: string | null;
  /** As scheme:notation. */
  readonly codes: readonly string[] | null;
  readonly need: string | null;
  readonly for: string | null;
  readonly topics: readonly string[] | null;
  readonly asOf: string | null;
}

/** How far a feed was read: a fingerprint of its position, null if it never was. */
export interface Position {
  readonly country: string;
  readonly position: string | null;
}

/** What the id of a check contains. */
export interface CheckRecord {
  readonly input: CheckInput;
  /** In seconds since 1970. */
  readonly checkedAt: number;
  readonly positions: readonly Position[];
}

/*
 * An id is `check:` and base64url of: a byte with the version; the time in 5 bytes; the number of countries, and for each its two
 * letters and a fingerprint of 6 bytes; the input as JSON, compressed; and the first 4 bytes of the SHA-256 of all that. Compressed
 * because a sentence in one of the languages that Brotli knows takes half of its length.
 */
const prefix = 'check:';
const version = 1;
const timeLength = 5;
const fingerprintLength = 6;
const checksumLength = 4;
/** Longer than the id of the longest input with every country of the EU. */
const maxIdLength = 4000;
/** More than the longest input takes. */
const maxInputLength = 8_000;

/** A fingerprint of a position in a feed: positions may be long, and are compared only. */
export const toFingerprint = (position: string): string =>
  createHash('sha256').update(position).digest().subarray(0, fingerprintLength).toString('hex');

const checksum = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest().subarray(0, checksumLength);

/** The id of a check. Equal checks at the same second, of equal feeds, have the same id. */
export function encodeCheckRecord({ input, checkedAt, positions }: CheckRecord): string {
  const time = Buffer.alloc(timeLength);
  time.writeUIntBE(checkedAt, 0, timeLength);
  const text = Buffer.from(JSON.stringify([input.text, input.for, input.topics, input.asOf, input.codes, input.need]));
  const bytes = Buffer.concat([
    Buffer.from([version]),
    time,
    Buffer.from([positions.length]),
    ...positions.map(({ country, position }) =>
      Buffer.concat([
        Buffer.from(country, 'latin1'),
        position === null ? Buffer.alloc(fingerprintLength) : Buffer.from(position, 'hex'),
      ]),
    ),
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }),
  ]);
  return prefix + Buffer.concat([bytes, checksum(bytes)]).toString('base64url');
}

/**
 * Reads the id of a check.
 *
 * @throws InputError INVALID_ID for anything but an id that `encodeCheckRecord` has made.
 */
export function decodeCheckRecord(id: string): CheckRecord {
  const record = id.length <= maxIdLength && id.startsWith(prefix) ? parse(id.slice(prefix.length)) : null;
  if (record === null)
    throw new InputError(
      'INVALID_ID',
      '`id` is not the id of a reuse check, or is not complete. Copy the `id` of `reuseCheck { record { id } }`.',
    );
  return record;
}

const unread = '0'.repeat(2 * fingerprintLength);

function parse(encoded: string): CheckRecord | null {
  const all = Buffer.from(encoded, 'base64url');
  // Only the spelling that `encodeCheckRecord` writes: base64url has others for the same bytes.
  if (all.toString('base64url') !== encoded) return null;
  const bytes = all.subarray(0, -checksumLength);
  if (bytes.length <= 1 + timeLength + 1 || bytes[0] !== version) return null;
  if (!checksum(bytes).equals(all.subarray(-checksumLength))) return null;
  const count = bytes[1 + timeLength] ?? 0;
  const start = 1 + timeLength + 1;
  const size = 2 + fingerprintLength;
  const input = parseInput(bytes.subarray(start + count * size));
  if (input === null) return null;
  return {
    input,
    checkedAt: bytes.readUIntBE(1, timeLength),
    positions: Array.from({ length: count }, (_, index) => {
      const position = bytes.subarray(start + index * size, start + (index + 1) * size);
      const fingerprint = position.subarray(2).toString('hex');
      return { country: position.toString('latin1', 0, 2), position: fingerprint === unread ? null : fingerprint };
    }),
  };
}

function parseInput(compressed: Buffer): CheckInput | null {
  try {
    const value: unknown = JSON.parse(brotliDecompressSync(compressed, { maxOutputLength: maxInputLength }).toString());
    if (!Array.isArray(value) || value.length !== 6) return null;
    const [text, administration, topics, asOf, codes, need] = value as unknown[];
    return isText(text) && isText(administration) && isText(asOf) && isText(need) && isTexts(topics) && isTexts(codes)
      ? { text, for: administration, topics, asOf, codes, need }
      : null;
  } catch {
    return null;
  }
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] | null =>
  value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
