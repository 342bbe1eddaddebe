import { PresentClients } from '../../kit/limits/present-clients.js';

/** The longest rest: a page or a map takes up to 70 ms to render. */
const maxRestMs = 100;

interface Client {
  /** What starts its pieces, in order. */
  readonly waiting: (() => void)[];
  restsUntil: number;
}

/**
 * Does one piece of synchronous work at a time, such as rendering a page, by turns of the clients. While others are present, a client
 * rests after each of its pieces for as long as that took, so that it takes half of the thread at most; others do not wait for its
 * rest, because rendering is most of what the portal does. `Turns` rests after each piece, whichever client is next.
 */
export class ClientTurns {
  /** Those that wait or rest, the one whose last turn is the longest ago first. */
  readonly #clients = new Map<string, Client>();
  readonly #present = new PresentClients();
  /** Whether a piece is being done. */
  #isTaken = false;
  #timer: NodeJS.Timeout | undefined;

  /** A request of a client begins. Returns a function to be called when it ends. */
  enter(name: string): () => void {
    return this.#present.enter(name);
  }

  /** Resolves when it is the client's turn. Undefined: it is. */
  take(name: string): Promise<void> | undefined {
    const client = this.#clients.get(name) ?? { waiting: [], restsUntil: 0 };
    this.#clients.set(name, client);
    if (!this.#isTaken && client.waiting.length === 0 && client.restsUntil <= performance.now()) {
      this.#begin(name, client);
      return undefined;
    }
    return new Promise((resolve) => {
      client.waiting.push(resolve);
      if (!this.#isTaken) this.#startNext();
    });
  }

  #begin(name: string, client: Client): void {
    this.#isTaken = true;
    clearTimeout(this.#timer);
    const startedAt = performance.now();
    setImmediate(() => {
      this.#isTaken = false;
      const now = performance.now();
      client.restsUntil = this.#present.hasOthers(name) ? now + Math.min(now - startedAt, maxRestMs) : now;
      this.#clients.delete(name);
      this.#clients.set(name, client);
      this.#startNext();
    });
  }

  #startNext(): void {
    const now = performance.now();
    let restMs = Infinity;
    for (const [name, client] of this.#clients) {
      if (client.restsUntil > now) {
        if (client.waiting.length > 0) restMs = Math.min(restMs, client.restsUntil - now);
        continue;
      }
      const start = client.waiting.shift();
      if (start) {
        this.#begin(name, client);
        start();
        return;
      }
      this.#clients.delete(name);
    }
    clearTimeout(this.#timer);
    if (restMs < Infinity)
      this.#timer = setTimeout(() => {
        this.#startNext();
      }, restMs);
  }
}
