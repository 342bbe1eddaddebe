import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { ContentCoding } from './content-coding.js';

/** A shorter body fits into one packet together with its headers: compression would save nothing. */
const minCompressedBytes = 1_000;

/**
 * A compressed body of up to this share of the original is kept as long as the original. Nearly all JSON is below it; the
 * limit bounds the memory that compressed bodies take.
 */
const maxKeptShare = 1 / 4;

/** An upper bound of the memory that all kept forms of a body take, the original included, in relation to the original. */
export const bytesPerBodyByte = 1 + 2 * maxKeptShare;

const brotli = promisify<Buffer, object, Buffer>(brotliCompress);
const compressors: Readonly<Record<ContentCoding, (body: Buffer) => Promise<Buffer>>> = {
  // Above level 4, Brotli takes several times as long and saves a few per cent more.
  br: (body) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify<Buffer, Buffer>(gzip),
};

const compressedBodies: Readonly<Record<ContentCoding, WeakMap<Buffer, Promise<Buffer>>>> = {
  br: new WeakMap(),
  gzip: new WeakMap(),
};

/** Whether compressing a body pays. */
export const isCompressible = (body: Buffer): boolean => body.length >= minCompressedBytes;

/**
 * Compresses a body, in a thread of libuv. A body that is sent many times, because it is in the response cache, is compressed
 * once.
 */
export function compressBody(body: Buffer, coding: ContentCoding): Promise<Buffer> {
  const bodies = compressedBodies[coding];
  const known = bodies.get(body);
  if (known) return known;
  const compressing = compressors[coding](body);
  bodies.set(body, compressing);
  void compressing.then(
    (compressed) => compressed.length > body.length * maxKeptShare && bodies.delete(body),
    () => bodies.delete(body),
  );
  return compressing;
}
