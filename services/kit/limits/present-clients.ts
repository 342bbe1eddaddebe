/** A client that sent an operation, and when. */
interface Seen {
  readonly name: string;
  readonly at: number;
}

/** How long after its last operation a client is present: people and tools that wait for a response send the next one sooner. */
const presentMs = 1_000;

/** Knows whether a client is the only one that sends operations. */
export class PresentClients {
  /** The last client, and the last one but that. */
  #last: Seen | undefined;
  #other: Seen | undefined;

  /** Records that a client sends an operation. */
  see(name: string): void {
    if (this.#last?.name !== name) this.#other = this.#last;
    this.#last = { name, at: performance.now() };
  }

  /** Whether another client has sent an operation a moment ago. */
  hasOthers(name: string): boolean {
    const other = this.#last?.name === name ? this.#other : this.#last;
    return other !== undefined && performance.now() - other.at < presentMs;
  }
}
