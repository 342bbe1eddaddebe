import { setTimeout as wait } from 'node:timers/promises';

import { europe } from '../../schema/values/countries.js';
import { newRequestId, newTraceparent } from '../../services/kit/observability/trace-context.js';
import { CancellationToken } from '../request/cancellation.js';
import { silentAfterMs } from '../subgraphs/silence.js';
import type { SubgraphClient } from '../subgraphs/subgraph-client.js';
import type { CatalogueState } from './catalogue-states.js';
import { type QuerySubgraph, createFeedPositionReader } from './feed-position.js';
import { readIndexPosition } from './index-position.js';

/** The version of each service's data, by name: a text that differs after any change. */
export type ServiceVersions = ReadonlyMap<string, string>;

/** A subgraph that is polled. */
export type PolledSubgraph = Pick<SubgraphClient, 'name' | 'poll' | 'silentMs' | 'state'>;

/** The versions of all services, polled. */
export interface VersionPoller {
  /** Polls these subgraphs from now on, and no others. */
  readonly follow: (subgraphs: readonly PolledSubgraph[]) => void;
  /** The versions last observed. A service that never responded is not in it. */
  readonly current: () => ServiceVersions;
  /** Whether these services still have these versions, and each was observed recently. */
  readonly areUnchanged: (versions: ServiceVersions) => boolean;
  /**
   * Whether a service gives no usable response at the moment: a request to it would wait, or its circuit is open and its polls fail
   * too.
   */
  readonly isDown: (service: string) => boolean;
  /** The countries whose data in Europe's index may be outdated, by code. */
  readonly outdatedCountries: () => ReadonlyMap<string, CatalogueState>;
  /** What an operator should know: which services do not respond, and which countries Europe's index lacks. */
  readonly problems: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export interface VersionPollerOptions {
  /** The time between two polls of a service. Default: a second. */
  readonly intervalMs?: number;
}

interface Observed {
  readonly version: string;
  /** When the poll started, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** A subgraph and what its polls have shown. */
interface Followed {
  readonly subgraph: PolledSubgraph;
  readonly stopping: AbortController;
  /** Resolves when the polls have stopped. */
  ended: Promise<void>;
  observed: Observed | undefined;
  hasFailed: boolean;
}

/** How many intervals after its last observation the version of a service expires. */
const maxMissedIntervals = 3;
/**
 * A service whose poll has waited this long hangs. A poll starts at most a second after the last one, so this is before its
 * version expires: no cached response has to wait for the service.
 */
const hangingAfterMs = 1_500;

/** Polls the position of each service's feed or index. */
export function pollVersions({ intervalMs = 1_000 }: VersionPollerOptions = {}): VersionPoller {
  const followed = new Map<string, Followed>();
  let outdatedCountries: ReadonlyMap<string, CatalogueState> = new Map();
  const cancellation = new CancellationToken();

  const createReader = ({ name, poll }: PolledSubgraph): (() => Promise<string>) => {
    const query = createQuery(poll, maxMissedIntervals * intervalMs, cancellation);
    if (name !== europe.folder) return createFeedPositionReader(name, query);
    return async () => {
      const index = await readIndexPosition(query);
      outdatedCountries = index.outdatedCountries;
      return index.position;
    };
  };

  const start = (subgraph: PolledSubgraph): Followed => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const read = createReader(subgraph);
    const poll = async (): Promise<void> => {
      while (!signal.aborted) {
        const at = performance.now();
        try {
          one.observed = { version: await read(), at };
          one.hasFailed = false;
        } catch {
          // The client of the subgraph has logged it.
          one.hasFailed = true;
        }
        // A service that hangs always has a poll to respond to, so that it is back at once.
        if (subgraph.silentMs() === 0) await wait(intervalMs, undefined, { signal }).catch(() => undefined);
      }
    };
    const one: Followed = { subgraph, stopping, ended: Promise.resolve(), observed: undefined, hasFailed: false };
    one.ended = poll();
    return one;
  };

  const stopPolls = async ({ stopping, ended }: Followed): Promise<void> => {
    stopping.abort();
    await ended;
  };

  return {
    follow: (subgraphs) => {
      for (const [name, one] of followed) {
        if (subgraphs.includes(one.subgraph)) continue;
        followed.delete(name);
        void stopPolls(one);
      }
      for (const subgraph of subgraphs) if (!followed.has(subgraph.name)) followed.set(subgraph.name, start(subgraph));
    },
    current: () =>
      new Map([...followed].flatMap(([name, { observed }]) => (observed ? [[name, observed.version] as const] : []))),
    areUnchanged: (versions) => {
      const oldest = performance.now() - maxMissedIntervals * intervalMs;
      for (const [name, version] of versions) {
        const last = followed.get(name)?.observed;
        if (last?.version !== version || last.at < oldest) return false;
      }
      return true;
    },
    isDown: (service) => {
      const one = followed.get(service);
      if (!one) return false;
      // Without failed polls, a request has to find out whether the circuit can be closed.
      return one.subgraph.silentMs() >= hangingAfterMs || (one.hasFailed && one.subgraph.state() !== 'closed');
    },
    outdatedCountries: () => outdatedCountries,
    problems: () => [
      ...[...followed.values()].flatMap((one) => describeProblem(one) ?? []),
      ...[...outdatedCountries].map(([country, state]) => describeOutdated(country, state)),
    ],
    stop: async () => {
      cancellation.cancel();
      await Promise.all([...followed.values()].map(stopPolls));
    },
  };
}

const describeOutdated = (country: string, state: CatalogueState): string =>
  state === 'UNAVAILABLE'
    ? `the index has not read the catalogue of ${country} yet: lists and searches lack it`
    : `the index may lack the latest changes of ${country}`;

function describeProblem({ subgraph: { name, silentMs, state }, hasFailed, observed }: Followed): string | undefined {
  if (silentMs() >= silentAfterMs) return `${name} has not responded for ${Math.floor(silentMs() / 1000)} seconds`;
  if (hasFailed) return `the latest poll of ${name} failed`;
  if (!observed) return `${name} has not responded yet`;
  return state() === 'closed' ? undefined : `requests to ${name} have failed repeatedly`;
}

/** Creates queries outside of any client's request. Their traces are not sampled, because there is one every second. */
const createQuery =
  (poll: PolledSubgraph['poll'], timeoutMs: number, cancellation: CancellationToken): QuerySubgraph =>
  (query, variables) =>
    poll(JSON.stringify({ query, variables }), {
      requestId: newRequestId(),
      traceparent: newTraceparent().replace(/01$/, '00'),
      deadline: performance.now() + timeoutMs,
      cancellation,
    });
