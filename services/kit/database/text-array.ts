/**
 * Writes an array of texts as PostgreSQL reads it, for a parameter of type `text[]`. node-postgres does the same with every element
 * as if it needed escapes, which takes several times as long.
 *
 * @param values numbers and booleans are written as texts; null and undefined are NULL.
 */
export function toTextArray(values: readonly (string | number | boolean | null | undefined)[]): string {
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else text += `"${escape(String(value))}"`;
  }
  return `${text}}`;
}

const escape = (text: string): string => (/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text);
