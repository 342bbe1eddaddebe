import { BodyParts } from './body-parts.js';

/**
 * Reads a body as UTF-8 text. Stops, and closes its connection, as soon as it is larger than allowed.
 *
 * @param tooLarge creates the error to throw then.
 * @example
 * await readBounded(response.body, 1_000_000, () => new Error('larger than 1 MB'));
 */
export const readBounded = async (
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
  tooLarge: () => Error,
): Promise<string> => (await readBoundedBytes(body, maxBytes, tooLarge)).toString();

/**
 * The same as bytes.
 *
 * @param contentLength as the header states it, of a body that is not decoded. Default: it is not known.
 */
export async function readBoundedBytes(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
  tooLarge: () => Error,
  contentLength?: string,
): Promise<Buffer> {
  const parts = new BodyParts(contentLength);
  for await (const part of body ?? []) {
    parts.add(part);
    // Leaving the loop closes the connection.
    if (parts.size > maxBytes) throw tooLarge();
  }
  return parts.finish();
}
