/** Runs one piece of work at a time, in the order in which they were given. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** How many pieces wait or run. */
  get size(): number {
    return this.#size;
  }

  /** Runs `work` when those before it have ended, whether they failed or not. Resolves or rejects as it does. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#size += 1;
    const result = this.#last.then(work).finally(() => {
      this.#size -= 1;
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}
