/**
 * Lets each client do one piece of synchronous work per turn of the event loop, such as parsing and validating a text: the requests
 * of others are served between two of them, however many a client sends at once.
 */
export class Turns {
  /** What waits, by client. A client has a queue, even an empty one, if it had its piece of this turn. */
  readonly #queues = new Map<string, (() => void)[]>();

  /** Resolves when it is the client's turn. Undefined: it is. */
  take(client: string): Promise<void> | undefined {
    const queue = this.#queues.get(client);
    if (queue)
      return new Promise((resolve) => {
        queue.push(resolve);
      });
    this.#queues.set(client, []);
    this.#scheduleNext(client);
    return undefined;
  }

  #scheduleNext(client: string): void {
    setImmediate(() => {
      const next = this.#queues.get(client)?.shift();
      if (next) {
        next();
        this.#scheduleNext(client);
      } else this.#queues.delete(client);
    });
  }
}
