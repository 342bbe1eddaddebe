/** The values of a statement while its text is built: each call adds a value and returns its placeholder. */
export interface Parameters {
  (value: unknown): string;
  readonly values: readonly unknown[];
}

/** Starts an empty list of values: the first call returns `$1`. */
export function createParameters(): Parameters {
  const values: unknown[] = [];
  const add = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  return Object.assign(add, { values });
}

/**
 * SQL: an array of keys, of which PostgreSQL does not know the length while it plans. So it keeps one plan for a statement that reads
 * rows by their keys. It would otherwise estimate that a plan for one key is cheaper than one for any number, and plan each execution,
 * which takes several times as long as reading the rows. Not for values on which the best plan depends, as in the filters of a list.
 *
 * @example keyArray('$1') // = ANY (…), unnest(…)
 */
export const keyArray = (placeholder: string, type: 'text' | 'date' | 'integer' | 'boolean' = 'text'): string =>
  `(SELECT ${placeholder}::${type}[])::${type}[]`;

/** SQL: the first parameter as the keys by which rows are read. */
export const keysSql = keyArray('$1');
