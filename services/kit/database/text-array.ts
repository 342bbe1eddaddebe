/** Numbers and booleans are written as texts; null and undefined are NULL. */
type Texts = readonly (string | number | boolean | null | undefined)[];

const int = 4;
const oidOfText = 25;

/**
 * Encodes an array of texts for a parameter of type `text[]`, in PostgreSQL's binary format: neither side escapes, and neither looks
 * for the ends of texts.
 */
export function encodeTextArray(values: Texts): Buffer {
  const texts = values.map((value) => (value === null || value === undefined ? null : String(value)));
  // The number of dimensions, whether there are NULLs, the type; of the dimension the length and the first index.
  const head = texts.length === 0 ? [0, 0, oidOfText] : [1, Number(texts.includes(null)), oidOfText, texts.length, 1];
  const size = texts.reduce(
    (sum, text) => sum + int + (text === null ? 0 : Buffer.byteLength(text)),
    head.length * int,
  );
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  for (const number of head) at = buffer.writeInt32BE(number, at);
  for (const text of texts) {
    const length = text === null ? -1 : buffer.write(text, at + int);
    at = buffer.writeInt32BE(length, at) + Math.max(0, length);
  }
  return buffer;
}

/** Writes an array of texts as a literal, for an array within another value. */
export function toTextArray(values: Texts): string {
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else text += `"${escape(String(value))}"`;
  }
  return `${text}}`;
}

const escape = (text: string): string => (/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text);
