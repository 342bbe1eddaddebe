import { setTimeout as wait } from 'node:timers/promises';

import { europe } from '../../schema/values/countries.js';
import { newRequestId, newTraceparent } from '../../services/kit/observability/trace-context.js';
import { CancellationToken } from '../request/cancellation.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import type { CatalogueState } from './catalogue-states.js';
import { type QuerySubgraph, createFeedPositionReader } from './feed-position.js';
import { readIndexPosition } from './index-position.js';

/** The version of each service's data, by name: a text that differs after any change. */
export type ServiceVersions = ReadonlyMap<string, string>;

/** The versions of all services, polled. */
export interface VersionPoller {
  /** The versions last observed. A service that never responded is not in it. */
  readonly current: () => ServiceVersions;
  /** Whether these services still have these versions, and each was observed recently. */
  readonly areUnchanged: (versions: ServiceVersions) => boolean;
  /** The countries whose data in Europe's index may be outdated, by code. */
  readonly outdatedCountries: () => ReadonlyMap<string, CatalogueState>;
  readonly stop: () => Promise<void>;
}

export interface VersionPollerOptions {
  readonly subgraphs: readonly Pick<Subgraph, 'name' | 'execute'>[];
  /** The time between two polls of a service. Default: a second. */
  readonly intervalMs?: number;
}

interface Observed {
  readonly version: string;
  /** When the poll started, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** How many intervals after its last observation the version of a service expires. */
const maxMissedIntervals = 3;

/** Polls the position of each service's feed or index. */
export function pollVersions({ subgraphs, intervalMs = 1_000 }: VersionPollerOptions): VersionPoller {
  const observed = new Map<string, Observed>();
  let outdatedCountries: ReadonlyMap<string, CatalogueState> = new Map();
  const stopping = new AbortController();
  const cancellation = new CancellationToken();

  const createReader = ({ name, execute }: Pick<Subgraph, 'name' | 'execute'>): (() => Promise<string>) => {
    const query = createQuery(execute, maxMissedIntervals * intervalMs, cancellation);
    if (name !== europe.folder) return createFeedPositionReader(name, query);
    return async () => {
      const index = await readIndexPosition(query);
      outdatedCountries = index.outdatedCountries;
      return index.position;
    };
  };

  const poll = async (subgraph: Pick<Subgraph, 'name' | 'execute'>): Promise<void> => {
    const read = createReader(subgraph);
    while (!stopping.signal.aborted) {
      const at = performance.now();
      // A failure is not logged here: a client's request to the same service fails and is logged as well.
      await read().then(
        (version) => observed.set(subgraph.name, { version, at }),
        () => undefined,
      );
      await wait(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const polling = Promise.all(subgraphs.map(poll));

  return {
    current: () => new Map([...observed].map(([name, { version }]) => [name, version])),
    areUnchanged: (versions) => {
      const oldest = performance.now() - maxMissedIntervals * intervalMs;
      for (const [name, version] of versions) {
        const last = observed.get(name);
        if (last?.version !== version || last.at < oldest) return false;
      }
      return true;
    },
    outdatedCountries: () => outdatedCountries,
    stop: async () => {
      stopping.abort();
      cancellation.cancel();
      await polling;
    },
  };
}

/** Creates queries outside of any client's request. Their traces are not sampled, because there is one every second. */
const createQuery =
  (execute: Subgraph['execute'], timeoutMs: number, cancellation: CancellationToken): QuerySubgraph =>
  (query, variables) =>
    execute(JSON.stringify({ query, variables }), {
      requestId: newRequestId(),
      traceparent: newTraceparent().replace(/01$/, '00'),
      deadline: performance.now() + timeoutMs,
      cancellation,
    });
