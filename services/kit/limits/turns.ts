import { FairQueue, type QueueItem } from './fair-queue.js';

interface Piece extends QueueItem {
  readonly start: () => void;
}

/** A longer piece was interrupted by the machine. */
const maxRestMs = 20;

/**
 * Does one piece of synchronous work at a time, such as parsing and validating a text, and rests after each for as long as it took:
 * other requests are served in between, however many clients send work at once. A request takes several turns of the event loop, and
 * would wait for a piece in each of them. Each client gets the same share, its smallest pieces first.
 */
export class Turns {
  readonly #minRestMs: number;
  readonly #waiting = new FairQueue<Piece>();
  /** Whether a piece is being done, or the rest after it. */
  #isTaken = false;

  /** @param minRestMs after each piece, for work that is not urgent. Default: none. */
  constructor({ minRestMs = 0 }: { readonly minRestMs?: number } = {}) {
    this.#minRestMs = minRestMs;
  }

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
    const startedAt = performance.now();
    setImmediate(() => {
      if (this.#waiting.length === 0) {
        this.#isTaken = false;
        return;
      }
      const restMs = Math.max(this.#minRestMs, Math.min(performance.now() - startedAt, maxRestMs));
      const startNext = (): void => {
        this.#startNext();
      };
      // A timer takes a millisecond at least.
      if (restMs < 1) setImmediate(startNext);
      else setTimeout(startNext, restMs);
    });
  }

  #startNext(): void {
    const next = this.#waiting.shift();
    next?.start();
    this.#scheduleNext();
  }
}
