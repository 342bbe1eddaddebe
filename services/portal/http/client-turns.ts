import { PresentClients } from '../../kit/limits/present-clients.js';

/** The longest rest: a piece that cannot be divided, such as the first map of some countries, takes up to 70 ms. */
const maxRestMs = 100;
/** What a client may work without a rest: some pages, which a reader opens at once. */
const workBeforeRestsMs = 25;
/** Work beyond this is not counted: clients that have worked for as long take turns, so that none waits for all that came after it. */
const maxCountedMs = 100;
/** How long work counts after a client's last piece. */
const memoryMs = 1_000;

interface Client {
  /** What starts its pieces, in order. */
  readonly waiting: (() => void)[];
  /** How long its pieces took. */
  workedMs: number;
  lastTurnAt: number;
  restsUntil: number;
}

/**
 * Does one piece of synchronous work at a time, such as rendering a part of a page. The next piece is that of the client that has worked
 * least: one who comes for a page waits for one piece of others, however many pieces they have. While others are present, a client
 * that has worked for a while rests after each of its pieces for as long as that took, so that it takes half of the thread at most;
 * others do not wait for its rest, because rendering is most of what the portal does. `Turns` rests after each piece, whichever
 * client is next.
 */
export class ClientTurns {
  /** Those that worked a moment ago, the one whose last turn is the longest ago first, and those that never did. */
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
    const now = performance.now();
    const client = this.#clients.get(name) ?? {
      waiting: [],
      workedMs: 0,
      lastTurnAt: now,
      restsUntil: 0,
    };
    this.#clients.set(name, client);
    if (!this.#isTaken && client.waiting.length === 0 && client.restsUntil <= now) {
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
      const pieceMs = now - startedAt;
      client.workedMs = Math.min(client.workedMs + pieceMs, maxCountedMs);
      client.lastTurnAt = now;
      const rests = client.workedMs > workBeforeRestsMs && this.#present.hasOthers(name);
      client.restsUntil = rests ? now + Math.min(pieceMs, maxRestMs) : now;
      this.#clients.delete(name);
      this.#clients.set(name, client);
      this.#startNext();
    });
  }

  #startNext(): void {
    const now = performance.now();
    let next: { readonly name: string; readonly client: Client } | undefined;
    let restMs = Infinity;
    for (const [name, client] of this.#clients) {
      if (client.waiting.length === 0) {
        if (client.lastTurnAt + memoryMs < now) this.#clients.delete(name);
      } else if (client.restsUntil > now) restMs = Math.min(restMs, client.restsUntil - now);
      else if (!next || client.workedMs < next.client.workedMs) next = { name, client };
    }
    clearTimeout(this.#timer);
    if (next) {
      const start = next.client.waiting.shift();
      this.#begin(next.name, next.client);
      start?.();
    } else if (restMs < Infinity)
      this.#timer = setTimeout(() => {
        this.#startNext();
      }, restMs);
  }
}
