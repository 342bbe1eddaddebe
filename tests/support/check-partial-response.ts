import type { GraphQLResponse } from './client.js';

type Path = readonly (string | number)[];

/**
 * Compares a response with the data of the same request while nothing was wrong. Returns a line for each value that differs
 * without an error that explains it, and for each error at a value that is not missing.
 */
export function checkPartialResponse({ data, errors = [] }: GraphQLResponse, whole: unknown): readonly string[] {
  const { lost, wrong } = compare(data ?? null, whole, []);
  const errorPaths = errors.map(({ path }) => path ?? []);
  return [
    ...wrong.map((path) => `${nameOf(path)} differs`),
    ...lost
      .filter((path) => !errorPaths.some((other) => overlap(path, other)))
      .map((path) => `no error explains why ${nameOf(path)} is null`),
    ...errorPaths
      .filter((path) => !holdsNull(valueAt(data, path)))
      .map((path) => `an error at ${nameOf(path)}, which is whole`),
  ];
}

interface Differences {
  /** The values that are null, and were not. */
  readonly lost: readonly Path[];
  readonly wrong: readonly Path[];
}

const same: Differences = { lost: [], wrong: [] };

function compare(value: unknown, whole: unknown, path: Path): Differences {
  if (value === whole) return same;
  if (value === null) return { lost: [path], wrong: [] };
  if (!isObject(value) || !isObject(whole) || Array.isArray(value) !== Array.isArray(whole))
    return { lost: [], wrong: [path] };
  const keys = Object.keys(value);
  if (keys.length !== Object.keys(whole).length || !keys.every((key) => key in whole))
    return { lost: [], wrong: [path] };
  const each = keys.map((key) => compare(value[key], whole[key], [...path, Array.isArray(value) ? Number(key) : key]));
  return { lost: each.flatMap(({ lost }) => lost), wrong: each.flatMap(({ wrong }) => wrong) };
}

/** Whether one path contains the other: an error may be at the list that lost an item, or at a required field of the missing value. */
const overlap = (one: Path, other: Path): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.every((step, index) => long[index] === step);
};

/** The value at a path, or null where the path ends before. */
const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : null), data ?? null);

const holdsNull = (value: unknown): boolean =>
  value === null || value === undefined || (isObject(value) && Object.values(value).some(holdsNull));

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

const nameOf = (path: Path): string => (path.length === 0 ? 'the whole response' : path.join('.'));
