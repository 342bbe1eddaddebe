import { LRUCache } from 'lru-cache';

import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { ServiceState } from '../request/request-context.js';
import { type GraphQLResponse, nextMidnight } from './cached-response.js';
import { markStale } from './catalogue-states.js';
import type { ServiceVersions, VersionPoller } from './subgraph-versions.js';

export interface ResponseCacheOptions {
  /** How much room there is. More than 0. */
  readonly megabytes: number;
  /** For how many seconds an answer that is no longer fresh may stand in for one that lacks a country; 0 for never. */
  readonly staleIfErrorSeconds: number;
  readonly versions: Pick<VersionPoller, 'current' | 'areUnchanged'>;
  readonly metrics?: Metrics | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How services did that were asked in vain. */
export type ServiceStates = ReadonlyMap<string, ServiceState>;

/** Answers that were given and may be given again, as long as nothing changes where they came from. */
export interface ResponseCache {
  /** A fresh answer to a request of the very same bytes. */
  readonly getByBytes: (bytes: string) => GraphQLResponse | undefined;
  /** A fresh answer to a question, and from now on to these bytes. */
  readonly get: (key: string, bytes: string) => GraphQLResponse | undefined;
  /** Keeps a whole answer. `versions` are those that were known before it was begun, of the services that it came from. */
  readonly set: (key: string, answer: GraphQLResponse, versions: ServiceVersions) => void;
  /** An older answer to a question for which some services could not be asked. It says of what it is stale. */
  readonly getStale: (key: string, services: ServiceStates) => GraphQLResponse | undefined;
  /** Forgets everything, and what is on its way as well, as when the schema has changed. */
  readonly clear: () => void;
}

interface CacheEntry {
  readonly response: GraphQLResponse;
  readonly versions: ServiceVersions;
}

/** What an answer takes beside its body, about. */
const entryOverheadBytes = 1_000;

export function createResponseCache(options: ResponseCacheOptions): ResponseCache {
  const { megabytes, staleIfErrorSeconds, versions, metrics = noMetrics, now = Date.now } = options;
  const bytes = Math.ceil(megabytes * 1024 * 1024);
  const kept = new LRUCache<string, CacheEntry>({
    maxSize: bytes,
    // One huge answer does not drive out all others.
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ response: { body } }) => body.length + entryOverheadBytes,
  });
  // By the bytes of a request, so that the same ones need not be read again. They may take as much as a quarter of the answers.
  const keys = new LRUCache<string, string>({
    maxSize: Math.ceil(bytes / 4),
    maxEntrySize: Math.ceil(bytes / 32),
    sizeCalculation: (_key, text) => text.length + entryOverheadBytes,
  });

  const count = metrics.counter({
    name: 'response_cache_hits_total',
    help: 'Responses from the cache: fresh, or stale in place of one without a country that is down.',
    labels: ['freshness'],
  });
  metrics.gauge({ name: 'response_cache_bytes', help: 'Size of the response cache.' }, () => kept.calculatedSize);

  let clearedAt = 0;

  const findFresh = (key: string): GraphQLResponse | undefined => {
    const found = kept.get(key);
    if (!found || now() >= found.response.freshUntil || !versions.areUnchanged(found.versions)) return undefined;
    count({ freshness: 'fresh' });
    return found.response;
  };

  return {
    getByBytes: (text) => {
      const key = keys.get(text);
      return key === undefined ? undefined : findFresh(key);
    },
    get: (key, text) => {
      const found = findFresh(key);
      // Only of what is asked again: what is asked once does not take the room.
      if (found) keys.set(text, key);
      return found;
    },
    set: (key, answer, madeFrom) => {
      if (answer.freshUntil > answer.startedAt && answer.startedAt >= clearedAt)
        kept.set(key, { response: answer, versions: madeFrom });
    },
    getStale: (key, services) => {
      const isDown = (service: string): boolean => ['UNAVAILABLE', 'TIMEOUT'].includes(services.get(service) ?? '');
      const found = kept.get(key);
      if (!found || ![...services.keys()].some(isDown)) return undefined;
      const { response: answer, versions: madeFrom } = found;
      const last = Math.min(answer.startedAt + staleIfErrorSeconds * 1000, nextMidnight(answer.startedAt));
      if (now() >= last) return undefined;
      count({ freshness: 'stale' });
      const known = versions.current();
      const isStale = (service: string): boolean => isDown(service) || known.get(service) !== madeFrom.get(service);
      return { ...answer, body: markStale(answer.body, isStale), isCacheable: false };
    },
    clear: () => {
      clearedAt = now();
      kept.clear();
    },
  };
}
