import type { Answer } from './client.js';

type Path = readonly (string | number)[];

/**
 * What is wrong with an answer, when the same question was answered with `whole` while all was well: a line for each value
 * that differs without an error that says so, and for each error that costs nothing. Of an answer that is right, nothing.
 */
export function checkPartialAnswer({ data, errors = [] }: Answer, whole: unknown): readonly string[] {
  const { lost, wrong } = compare(data ?? null, whole, []);
  const told = errors.map(({ path }) => path ?? []);
  return [
    ...wrong.map((path) => `${nameOf(path)} is another one`),
    ...lost
      .filter((path) => !told.some((other) => touch(path, other)))
      .map((path) => `nobody says why ${nameOf(path)} is null`),
    ...told
      .filter((path) => !holdsNull(valueAt(data, path)))
      .map((path) => `an error at ${nameOf(path)}, which is whole`),
  ];
}

interface Differences {
  /** Null, and was not. */
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

/** An error may stand at the list that lost an item, or at a field that its parent could not be without. */
const touch = (one: Path, other: Path): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.every((step, index) => long[index] === step);
};

/** What stands at a place, or null where the way there ends before. */
const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : null), data ?? null);

const holdsNull = (value: unknown): boolean =>
  value === null || value === undefined || (isObject(value) && Object.values(value).some(holdsNull));

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

const nameOf = (path: Path): string => (path.length === 0 ? 'the whole answer' : path.join('.'));
