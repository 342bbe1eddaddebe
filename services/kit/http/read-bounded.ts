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

/** The same as bytes. */
export async function readBoundedBytes(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
  tooLarge: () => Error,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
