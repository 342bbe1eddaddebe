/**
 * Cancels work whose result is no longer needed. An AbortSignal does this as well; but every request would create one and
 * every fetch listen to it, and its events took a twentieth of the time of a small request.
 */
export class CancellationToken {
  #listeners: (() => void)[] = [];
  #isCancelled = false;

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Calls all listeners, once. */
  cancel(): void {
    this.#isCancelled = true;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  /** @returns a function that removes the listener. A listener that is added after cancellation is not called. */
  onCancel(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      const index = this.#listeners.indexOf(listener);
      if (index !== -1) this.#listeners.splice(index, 1);
    };
  }
}
