/** The values of a statement while it is written: each call adds one and gives its placeholder. */
export interface Parameters {
  (value: unknown): string;
  readonly values: readonly unknown[];
}

/** Starts a statement's list of values. */
export function createParameters(): Parameters {
  const values: unknown[] = [];
  const add = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  return Object.assign(add, { values });
}
