import DataLoader from 'dataloader';

/**
 * Loads single rows by key; a key without a row gives null. One batch of keys is one call of `find`, whose rows may come
 * in any order.
 */
export const createRowLoader = <Row>(
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> =>
  new DataLoader(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });

/** Loads the rows of each parent, in the order in which `find` gives them; they carry the `parentId` they belong to. */
export const createListLoader = <Row extends { readonly parentId: string }>(
  find: (ids: readonly string[]) => Promise<readonly Row[]>,
) =>
  new DataLoader<string, readonly Row[]>(async (ids) => {
    const rows = groupBy(await find(ids), (row) => row.parentId);
    return ids.map((id) => rows.get(id) ?? []);
  });

/** A question about one parent on a day, with arguments that many parents may share. */
export interface DatedKey<Arguments> {
  readonly id: string;
  /** May differ from parent to parent: a body that has ended is asked about its last day. */
  readonly day: string;
  readonly arguments: Arguments;
}

/** The parents of one batch: ids and days side by side, as `unnest` takes them. */
export interface ParentBatch {
  readonly ids: readonly string[];
  readonly days: readonly string[];
}

/**
 * Loads an answer for each parent. Parents that are asked with equal arguments, as one field of a list is, share one call of
 * `find`; its rows carry the `parentId` and `parentDay` they answer, in the order in which the answer wants them.
 */
export function createDatedListLoader<Arguments, Row extends { readonly parentId: string; readonly parentDay: string }>(
  find: (parents: ParentBatch, questionArguments: Arguments) => Promise<readonly Row[]>,
): DataLoader<DatedKey<Arguments>, readonly Row[], string> {
  const keyOf = (question: DatedKey<Arguments>): string =>
    JSON.stringify([question.arguments, question.id, question.day]);
  return new DataLoader(
    async (questions) => {
      const groups = groupBy(questions, (question) => JSON.stringify(question.arguments));
      const answers = await Promise.all(
        [...groups.values()].map(async (group) => {
          const [first] = group;
          if (!first) return new Map<string, Row[]>();
          const parents = { ids: group.map(({ id }) => id), days: group.map(({ day }) => day) };
          const rows = await find(parents, first.arguments);
          return groupBy(rows, (row) => keyOf({ id: row.parentId, day: row.parentDay, arguments: first.arguments }));
        }),
      );
      const found = new Map(answers.flatMap((answer) => [...answer]));
      return questions.map((question) => found.get(keyOf(question)) ?? []);
    },
    { cacheKeyFn: keyOf },
  );
}

/** Rows by the parent they belong to, in the order given. */
export const groupBy = <Row>(rows: readonly Row[], parentOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(parentOf(row));
    if (group) group.push(row);
    else groups.set(parentOf(row), [row]);
  }
  return groups;
};
