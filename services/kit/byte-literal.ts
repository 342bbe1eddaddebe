/** Text that JSON contains, compared four bytes at a time: names of fields are half of a response. */
export interface Literal {
  readonly bytes: Uint8Array;
  /** The whole groups of four bytes. */
  readonly words: Int32Array;
  /** The last four bytes, some of which may be in `words` too. Of a shorter text: unused. */
  readonly lastWord: number;
}

const wordBytes = 4;

export function toLiteral(text: string): Literal {
  const bytes = new Uint8Array(Buffer.from(text));
  const view = new DataView(bytes.buffer);
  const words = Int32Array.from({ length: Math.floor(bytes.length / wordBytes) }, (_, index) =>
    view.getInt32(index * wordBytes, true),
  );
  return { bytes, words, lastWord: bytes.length < wordBytes ? 0 : view.getInt32(bytes.length - wordBytes, true) };
}

/** Whether bytes continue with a text at a position. */
export function isAt(view: DataView, at: number, { bytes, words, lastWord }: Literal): boolean {
  const { length } = bytes;
  if (at + length > view.byteLength) return false;
  for (let index = 0; index < words.length; index += 1)
    if (view.getInt32(at + index * wordBytes, true) !== words[index]) return false;
  if (length >= wordBytes) return view.getInt32(at + length - wordBytes, true) === lastWord;
  for (let index = 0; index < length; index += 1) if (view.getUint8(at + index) !== bytes[index]) return false;
  return true;
}
