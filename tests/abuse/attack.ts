import type { ProcessGraph } from '../support/process-graph.js';
import type { Service } from '../support/service-process.js';
import type { FeedRelay } from './feed-relay.js';

/** What an attack may know and do. */
export interface Battlefield {
  readonly graph: ProcessGraph;
  readonly portal: Service;
  readonly feed: FeedRelay;
  /** Aborted when the attack ends. */
  readonly signal: AbortSignal;
  /** The share of its full strength at which an attack is played: 1 under load, less in the test suite. */
  readonly strength: number;
}

/** Something hostile that is done to the graph for a while, next to a well-behaved client. */
export interface Attack {
  readonly name: string;
  /**
   * Attacks until the signal is aborted, and settles soon afterwards. Rejects if the gateway reacts in another way than it must.
   */
  readonly play: (field: Battlefield) => Promise<void>;
  /** The countries whose rows may be missing or stale meanwhile: those that the attack controls. Default: none. */
  readonly controls?: readonly string[];
  /**
   * How long requests for rows of these countries may have to wait, because they do not respond: until they are taken for silent. The
   * latencies of such requests count from then on. Default: not at all.
   */
  readonly silentMs?: number;
  /** How long it may take to end after its signal. Default: 30 s, in which requests are completed, rejected or aborted. */
  readonly endMs?: number;
}

/** The number of a thing at a strength, at least one. */
export const atStrength = (full: number, { strength }: Pick<Battlefield, 'strength'>): number =>
  Math.max(1, Math.round(full * strength));

/**
 * The addresses of clients. The gateway of the suite trusts one proxy, so that each client has the address that it states here;
 * the addresses are those reserved for documentation (RFC 5737).
 */
export const addresses = {
  wellBehaved: (index: number): string => `198.51.100.${1 + index}`,
  attacker: (index = 0): string => `203.0.113.${1 + (index % 250)}`,
} as const;
