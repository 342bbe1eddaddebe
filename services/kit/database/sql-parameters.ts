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
