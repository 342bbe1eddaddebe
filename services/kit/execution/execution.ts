import { type ASTNode, type GraphQLError, type GraphQLResolveInfo, locatedError } from 'graphql';

import { setField } from './set-field.js';

/** An object or a list of a response while it is being completed. */
export type Holder = Record<string | number, unknown>;

/** Where a value is placed in a response. graphql-js calls it a path, which leads from the value to the root. */
export class Position {
  readonly prev: Position | undefined;
  readonly key: string | number;
  /** The type whose field it is; undefined for an item of a list. */
  readonly typename: string | undefined;
  readonly holder: Holder;
  /** Whether null is not allowed here, so that an error removes what this is a part of. */
  readonly isNonNull: boolean;
  /** Whether an error has made it null. What is still executed below it has no effect. */
  isNulled = false;

  constructor(
    prev: Position | undefined,
    key: string | number,
    typename: string | undefined,
    holder: Holder,
    isNonNull: boolean,
  ) {
    this.prev = prev;
    this.key = key;
    this.typename = typename;
    this.holder = holder;
    this.isNonNull = isNonNull;
  }

  place(value: unknown): void {
    if (typeof this.key === 'number') this.holder[this.key] = value;
    else setField(this.holder, this.key, value);
  }
}

/** Completes a resolved value as the response has it. What it waits for is placed later. */
export type Complete = (execution: Execution, value: unknown, at: Position, info: GraphQLResolveInfo) => unknown;

/** What completes the value of a field, and whose errors are at its nodes. */
export interface Completion {
  readonly complete: Complete;
  readonly nodes: readonly ASTNode[];
}

/**
 * One execution of an operation. The values that are waited for are counted, and placed where they belong when they come; graphql-js
 * creates several promises for each of them, and for each object and list around it.
 */
export class Execution {
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the result may contain `JsonText`. */
  readonly acceptsJsonText: boolean;
  /** The arguments of fields that depend on variables, by the number of the field. */
  readonly argumentsByField: unknown[] = [];
  readonly errors: GraphQLError[] = [];
  /** Whether an error has removed all data. */
  isNulled = false;
  #waitingFor = 0;
  #onDone: (() => void) | undefined;

  constructor(context: unknown, variables: Readonly<Record<string, unknown>>, acceptsJsonText: boolean) {
    this.context = context;
    this.variables = variables;
    this.acceptsJsonText = acceptsJsonText;
  }

  /** Resolves when nothing is waited for any more; undefined if nothing is. */
  done(): Promise<void> | undefined {
    if (this.#waitingFor === 0) return undefined;
    return new Promise((resolve) => {
      this.#onDone = resolve;
    });
  }

  /**
   * Completes a value, or what a promise resolves to, and places it.
   *
   * @throws GraphQLError if it fails at once and is not nullable.
   */
  place(value: unknown, completion: Completion, at: Position, info: GraphQLResolveInfo): void {
    if (isPromise(value)) {
      // The order of fields is that of the selection, whatever comes first.
      at.place(undefined);
      this.waitFor(value, completion, at, info);
      return;
    }
    try {
      at.place(completion.complete(this, value, at, info));
    } catch (error) {
      this.fail(error, completion.nodes, at);
    }
  }

  waitFor(promise: PromiseLike<unknown>, completion: Completion, at: Position, info: GraphQLResolveInfo): void {
    this.#waitingFor += 1;
    promise.then(
      (value) => {
        try {
          at.place(completion.complete(this, value, at, info));
        } catch (error) {
          this.#failLater(error, completion.nodes, at);
        }
        this.#arrive();
      },
      (error: unknown) => {
        this.#failLater(error, completion.nodes, at);
        this.#arrive();
      },
    );
  }

  /** Makes a field null, and records why. @throws GraphQLError if it is not nullable. */
  fail(error: unknown, nodes: readonly ASTNode[], at: Position): void {
    const located = locatedError(error, nodes, toPath(at));
    if (at.isNonNull) throw located;
    this.#nullify(located, at);
  }

  /** Makes null what an error removes: the nearest part of the response that is nullable. */
  #failLater(error: unknown, nodes: readonly ASTNode[], at: Position): void {
    const located = locatedError(error, nodes, toPath(at));
    let removed: Position | undefined = at;
    while (removed?.isNonNull) removed = removed.prev;
    this.#nullify(located, removed);
  }

  /** Errors below a position that is null already are discarded, as by graphql-js. */
  #nullify(error: GraphQLError, at: Position | undefined): void {
    if (this.isNulled) return;
    for (let above = at; above; above = above.prev) if (above.isNulled) return;
    this.errors.push(error);
    if (at) {
      at.isNulled = true;
      at.place(null);
    } else this.isNulled = true;
  }

  /** Records the error that has removed all data. */
  failAll(error: GraphQLError): void {
    this.#nullify(error, undefined);
  }

  #arrive(): void {
    this.#waitingFor -= 1;
    if (this.#waitingFor === 0) this.#onDone?.();
  }
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

function toPath(position: Position): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Position | undefined = position; at; at = at.prev) path.push(at.key);
  return path.reverse();
}
