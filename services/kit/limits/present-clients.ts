/** How long a client is present after its last request: people and tools that read page after page are there all the time. */
const presentMs = 1_000;

/** Knows which clients have requests in progress, or had one a moment ago. Its memory does not depend on how many clients there were. */
export class PresentClients {
  /** The number of requests in progress of each client that has some. */
  readonly #requests = new Map<string, number>();
  /** The client that came or left last, and the one that did before it, with the time. */
  #last: { readonly name: string; readonly at: number } | undefined;
  #other: { readonly name: string; readonly at: number } | undefined;

  /** A request of a client begins. Returns a function to be called once, when it ends. */
  enter(name: string): () => void {
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
    this.see(name);
    return () => {
      const others = (this.#requests.get(name) ?? 1) - 1;
      if (others === 0) this.#requests.delete(name);
      else this.#requests.set(name, others);
      this.see(name);
    };
  }

  /** A client sends a request that ends at once. */
  see(name: string): void {
    if (this.#last?.name !== name) this.#other = this.#last;
    this.#last = { name, at: performance.now() };
  }

  /** Whether another client than this one is present. */
  hasOthers(name: string): boolean {
    if (this.#requests.size > (this.#requests.has(name) ? 1 : 0)) return true;
    const other = this.#last?.name === name ? this.#other : this.#last;
    return other !== undefined && performance.now() - other.at < presentMs;
  }
}
