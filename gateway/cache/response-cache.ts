import { LRUCache } from 'lru-cache';

import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { ServiceState } from '../request/request-context.js';
import { type GraphQLResponse, nextMidnight } from './graphql-response.js';
import { bytesPerBodyByte } from '../../services/kit/http/compress-body.js';
import { markStale } from './catalogue-states.js';
import type { ServiceVersions, VersionPoller } from './subgraph-versions.js';

export interface ResponseCacheOptions {
  /** The size of the cache. More than 0. */
  readonly megabytes: number;
  /** For how many seconds a stale response may replace one that lacks something of a service; 0 for never. */
  readonly staleIfErrorSeconds: number;
  readonly versions: Pick<VersionPoller, 'current' | 'areUnchanged' | 'isDown'>;
  readonly metrics?: Metrics | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The states of the requested services, by name. */
type ServiceStates = ReadonlyMap<string, ServiceState>;

/** Caches responses, until a service that they came from changes. */
export interface ResponseCache {
  /** Returns the response to a request with the same bytes, as `get` does. */
  readonly getByBytes: (bytes: string) => GraphQLResponse | undefined;
  /**
   * Returns a fresh response for a key, or a stale one if a service that it came from is down, or failed a moment ago: an execution
   * would request it in vain. Remembers the request bytes for `getByBytes`.
   */
  readonly get: (key: string, bytes: string) => GraphQLResponse | undefined;
  /** Stores a complete response. `versions` are those of its services, from before the execution. */
  readonly set: (key: string, response: GraphQLResponse, versions: ServiceVersions) => void;
  /** Returns a stale response, with the state STALE in `extensions.catalogues`, if some services failed (RFC 5861: stale-if-error). */
  readonly getStale: (key: string, services: ServiceStates) => GraphQLResponse | undefined;
  /** Removes all responses, also those whose execution is in progress. For changes of the schema. */
  readonly clear: () => void;
}

interface CacheEntry {
  readonly response: GraphQLResponse;
  readonly versions: ServiceVersions;
  /** The last execution that was to replace it, if a service responded with errors of its own. */
  failure?: { readonly services: ServiceStates; readonly retryAt: number };
}

/**
 * As long after an execution in which a service responded with an error, or with nothing usable, requests get the stale response at once, and
 * the next execution begins. Polls show when a service is down, but not that it responds so.
 */
const retryAfterMs = 5_000;

/** The approximate memory of an entry in addition to its body and the compressed forms of it. */
const entryOverheadBytes = 1_000;

export function createResponseCache(options: ResponseCacheOptions): ResponseCache {
  const { megabytes, staleIfErrorSeconds, versions, metrics = noMetrics, now = Date.now } = options;
  const bytes = Math.ceil(megabytes * 1024 * 1024);
  const entries = new LRUCache<string, CacheEntry>({
    maxSize: bytes,
    // One huge response must not evict all others.
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ response: { body } }) => Math.ceil(body.length * bytesPerBodyByte) + entryOverheadBytes,
  });
  // Keys by the bytes of requests, so that equal bytes need not be parsed again. They may take a quarter of the responses'
  // memory.
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
  metrics.gauge({ name: 'response_cache_bytes', help: 'Size of the response cache.' }, () => entries.calculatedSize);

  let clearedAt = 0;

  const isFresh = ({ response, versions: cachedVersions }: CacheEntry): boolean =>
    now() < response.freshUntil && versions.areUnchanged(cachedVersions);
  const toStale = (
    { response, versions: cachedVersions }: CacheEntry,
    isDown: (service: string) => boolean,
  ): GraphQLResponse | undefined => {
    const usableUntil = Math.min(response.startedAt + staleIfErrorSeconds * 1000, nextMidnight(response.startedAt));
    if (now() >= usableUntil) return undefined;
    count({ freshness: 'stale' });
    const current = versions.current();
    const isStale = (service: string): boolean =>
      isDown(service) || current.get(service) !== cachedVersions.get(service);
    return { ...response, body: markStale(response.body, isStale), isCacheable: false };
  };
  const find = (key: string): GraphQLResponse | undefined => {
    const entry = entries.get(key);
    if (!entry) return undefined;
    if (isFresh(entry)) {
      count({ freshness: 'fresh' });
      return entry.response;
    }
    const { failure } = entry;
    if (failure && now() < failure.retryAt) return toStale(entry, hasFailed(failure.services));
    const isIncomplete = [...entry.versions.keys()].some(versions.isDown);
    return isIncomplete ? toStale(entry, versions.isDown) : undefined;
  };

  return {
    getByBytes: (text) => {
      const key = keys.get(text);
      return key === undefined ? undefined : find(key);
    },
    get: (key, text) => {
      const response = find(key);
      // Only requests that repeat are remembered: others would waste memory.
      if (response) keys.set(text, key);
      return response;
    },
    set: (key, response, serviceVersions) => {
      if (response.freshUntil > response.startedAt && response.startedAt >= clearedAt)
        entries.set(key, { response, versions: serviceVersions });
    },
    getStale: (key, services) => {
      const isFailed = hasFailed(services);
      const entry = entries.get(key);
      if (!entry || ![...services.keys()].some(isFailed)) return undefined;
      if ([...services.values()].includes('ERROR')) entry.failure = { services, retryAt: now() + retryAfterMs };
      return toStale(entry, isFailed);
    },
    clear: () => {
      clearedAt = now();
      entries.clear();
    },
  };
}

const hasFailed =
  (services: ServiceStates) =>
  (service: string): boolean =>
    (services.get(service) ?? 'OK') !== 'OK';
