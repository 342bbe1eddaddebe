import { setTimeout as wait } from 'node:timers/promises';

import { europe } from '../../schema/values/countries.js';
import { newRequestId, newTraceparent } from '../../services/kit/observability/trace-context.js';
import { CancellationToken } from '../request/cancellation.js';
import type { Subgraph } from '../subgraphs/subgraph.js';
import type { CatalogueState } from './catalogue-states.js';
import { type QuerySubgraph, createFeedPositionReader } from './feed-position.js';
import { readIndexPosition } from './index-position.js';

/** What each service has, by its name: another text means that something changed. */
export type ServiceVersions = ReadonlyMap<string, string>;

/** What the services of the graph have, as far as is known here. */
export interface VersionPoller {
  /** As last heard. A service that was never heard of is not in it. */
  readonly current: () => ServiceVersions;
  /** Whether services are still at these versions, and that was heard of each of them a moment ago. */
  readonly areUnchanged: (versions: ServiceVersions) => boolean;
  /** The countries of which Europe's index may not have the latest, by code. */
  readonly outdatedCountries: () => ReadonlyMap<string, CatalogueState>;
  readonly stop: () => Promise<void>;
}

export interface VersionPollerOptions {
  readonly subgraphs: readonly Pick<Subgraph, 'name' | 'execute'>[];
  /** How long to wait before asking again. Default: a second. */
  readonly intervalMs?: number;
}

interface Observed {
  readonly version: string;
  /** When it was asked, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** For how many intervals a service may be silent before nothing is known of it. */
const maxMissedIntervals = 3;

/** Asks every service again and again how far its feed, or its index, has come. */
export function pollVersions({ subgraphs, intervalMs = 1_000 }: VersionPollerOptions): VersionPoller {
  const heard = new Map<string, Observed>();
  let behind: ReadonlyMap<string, CatalogueState> = new Map();
  const stopping = new AbortController();
  const cancellation = new CancellationToken();

  const readerOf = ({ name, execute: ask }: Pick<Subgraph, 'name' | 'execute'>): (() => Promise<string>) => {
    const askNow = createQuery(ask, maxMissedIntervals * intervalMs, cancellation);
    if (name !== europe.folder) return createFeedPositionReader(name, askNow);
    return async () => {
      const index = await readIndexPosition(askNow);
      behind = index.outdatedCountries;
      return index.position;
    };
  };

  const follow = async (subgraph: Pick<Subgraph, 'name' | 'execute'>): Promise<void> => {
    const read = readerOf(subgraph);
    while (!stopping.signal.aborted) {
      const at = performance.now();
      // That a service fails, whoever asks it for a client sees and logs. Here it only is not heard of.
      await read().then(
        (version) => heard.set(subgraph.name, { version, at }),
        () => undefined,
      );
      await wait(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const following = Promise.all(subgraphs.map(follow));

  return {
    current: () => new Map([...heard].map(([name, { version }]) => [name, version])),
    areUnchanged: (versions) => {
      const oldest = performance.now() - maxMissedIntervals * intervalMs;
      for (const [name, version] of versions) {
        const last = heard.get(name);
        if (last?.version !== version || last.at < oldest) return false;
      }
      return true;
    },
    outdatedCountries: () => behind,
    stop: async () => {
      stopping.abort();
      cancellation.cancel();
      await following;
    },
  };
}

/** Asks a subgraph in nobody's name. Nobody records such a trace: there is one every second. */
const createQuery =
  (ask: Subgraph['execute'], timeoutMs: number, cancellation: CancellationToken): QuerySubgraph =>
  (query, variables) =>
    ask(JSON.stringify({ query, variables }), {
      requestId: newRequestId(),
      traceparent: newTraceparent().replace(/01$/, '00'),
      deadline: performance.now() + timeoutMs,
      cancellation,
    });
