import { SubgraphError, type SubgraphResponse } from './subgraph.js';

/** A subgraph is silent if it does not respond to polls for this long. */
export const silentAfterMs = 3_000;

/** How often the waiting time is counted. */
const defaultTickMs = 250;
/** A failure that comes sooner is a response too: requests fail as soon, and need no protection from waiting. */
const promptMs = 1_000;

export interface SilenceOptions {
  readonly onChange: (isSilent: boolean) => void;
  /** For tests: how many milliseconds a tick of 250 ms takes. */
  readonly tickMs?: number | undefined;
}

/**
 * Measures for how long a subgraph has not responded to polls: since it hangs, its database does not respond, or its machine is
 * gone. It counts the ticks of a timer, which a paused or busy process does not make up for: a subgraph does not seem silent
 * because the gateway was.
 */
export class SilenceMeter {
  readonly #options: SilenceOptions;
  #ticks = 0;
  #isSilent = false;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** How long polls have been waiting since the last response. */
  get silentMs(): number {
    return this.#ticks * defaultTickMs;
  }

  /** Waits for the response to a poll. One poll is sent at a time. */
  async watch(poll: Promise<SubgraphResponse>): Promise<SubgraphResponse> {
    const before = this.silentMs;
    const timer = setInterval(() => {
      this.#count(this.#ticks + 1);
    }, this.#options.tickMs ?? defaultTickMs);
    const isPrompt = (): boolean => this.silentMs - before < promptMs;
    try {
      const response = await poll;
      // A late response with errors is one that a deadline ended.
      if (response.errors.length === 0 || isPrompt()) this.#count(0);
      return response;
    } catch (error) {
      const isTimeout = error instanceof SubgraphError && error.code === 'SUBGRAPH_TIMEOUT';
      if (!isTimeout && isPrompt()) this.#count(0);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  #count(ticks: number): void {
    this.#ticks = ticks;
    const isSilent = this.silentMs >= silentAfterMs;
    if (isSilent === this.#isSilent) return;
    this.#isSilent = isSilent;
    this.#options.onChange(isSilent);
  }
}
