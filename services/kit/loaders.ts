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

/** A question about one parent, with arguments that many parents may share. */
export interface Question<Arguments> {
  readonly id: string;
  readonly arguments: Arguments;
}

/**
 * Loads an answer for each parent. Parents that are asked with equal arguments, as one field of a list is, share one call of
 * `find`; its result is by parent id, and a parent without an entry gets `none`.
 */
export function createQuestionLoader<Arguments, Answer>(
  find: (ids: readonly string[], questionArguments: Arguments) => Promise<ReadonlyMap<string, Answer>>,
  none: Answer,
): DataLoader<Question<Arguments>, Answer, string> {
  const keyOf = (question: Question<Arguments>): string => JSON.stringify([question.arguments, question.id]);
  return new DataLoader(
    async (questions) => {
      const groups = Map.groupBy(questions, (question) => JSON.stringify(question.arguments));
      const answers = new Map<string, Answer>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const [first] = group;
          if (!first) return;
          const found = await find(group.map((question) => question.id), first.arguments);
          for (const question of group) answers.set(keyOf(question), found.get(question.id) ?? none);
        }),
      );
      return questions.map((question) => answers.get(keyOf(question)) ?? none);
    },
    { cacheKeyFn: keyOf },
  );
}

/** Rows by the parent they belong to. */
export const groupBy = <Row>(rows: readonly Row[], parentOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(parentOf(row));
    if (group) group.push(row);
    else groups.set(parentOf(row), [row]);
  }
  return groups;
};
