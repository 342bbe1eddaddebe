import { FairQueue, type QueueItem } from './fair-queue.js';

interface Piece extends QueueItem {
  readonly start: () => void;
}

/**
 * Does one piece of synchronous work per turn of the event loop, such as parsing and validating a text: other requests are served
 * between two of them, however many clients send work at once. Each client gets the same share, its smallest pieces first.
 */
export class Turns {
  readonly #waiting = new FairQueue<Piece>();
  /** Whether a piece was done in this turn. */
  #isTaken = false;

  /**
   * Resolves when it is the client's turn. Undefined: it is.
   *
   * @param size how long the piece takes, in characters or bytes.
   */
  take(client: string, size: number): Promise<void> | undefined {
    if (this.#isTaken)
      return new Promise((resolve) => {
        this.#waiting.push({ client, size, start: resolve });
      });
    this.#isTaken = true;
    this.#scheduleNext();
    return undefined;
  }

  #scheduleNext(): void {
    setImmediate(() => {
      const next = this.#waiting.shift();
      if (next) {
        next.start();
        this.#scheduleNext();
      } else this.#isTaken = false;
    });
  }
}
