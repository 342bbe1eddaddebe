import type { FieldNode } from 'graphql';

/** Which names of a response the planner may use for fields that it adds to an operation. */
export interface PlannerNames {
  /** The names of all fields of all subgraphs: it may add any of them as part of a key or of `@requires`. */
  readonly fields: readonly string[];
  /** Those that it may add with arguments of its own. */
  readonly withArguments: readonly string[];
}

/**
 * The names under which fields are fetched. They differ from the client's where the planner might add a field of that name: both
 * would be merged into one.
 */
export interface ResponseNames {
  /** The name under which a field is fetched. */
  readonly toFetched: (field: Pick<FieldNode, 'alias' | 'name'>) => string;
  /** The client's name of a fetched field. */
  readonly toClient: (fetched: string) => string;
}

/** The planner fetches a field under such a name where fields of different types would collide. */
const plannersAlias = /__alias_\d+$/;

/** What every object inherits; in a JavaScript object, `__proto__` is its prototype. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

export function createResponseNames({ fields, withArguments }: PlannerNames): ResponseNames {
  const reserved = new Set(['__typename', '_entities', ...inherited, ...fields]);
  const argued = new Set(withArguments);
  let suffix = '_alias';
  while ([...reserved].some((name) => name.endsWith(suffix))) suffix += '_';

  // A name to which the suffix was added gets another one, so that different names stay different.
  const isReserved = (name: string): boolean => {
    let stem = name;
    while (stem.endsWith(suffix)) stem = stem.slice(0, -suffix.length);
    return reserved.has(stem) || plannersAlias.test(stem);
  };
  return {
    toFetched: ({ alias, name }) => {
      if (alias === undefined || alias.value === name.value)
        return argued.has(name.value) ? name.value + suffix : name.value;
      return isReserved(alias.value) ? alias.value + suffix : alias.value;
    },
    toClient: (fetched) => {
      const stem = fetched.endsWith(suffix) ? fetched.slice(0, -suffix.length) : fetched;
      return isReserved(stem) ? stem : fetched;
    },
  };
}
