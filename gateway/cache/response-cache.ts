import { LRUCache } from 'lru-cache';

import { type Metrics, noMetrics } from '../../services/kit/observability/metrics.js';
import type { ServiceState } from '../request/request-context.js';
import { type Answer, midnightAfter } from './cached-response.js';
import { withStale } from './catalogue-states.js';
import type { ServiceVersions, Versions } from './subgraph-versions.js';

export interface AnswersOptions {
  /** How much room there is. More than 0. */
  readonly megabytes: number;
  /** For how many seconds an answer that is no longer fresh may stand in for one that lacks a country; 0 for never. */
  readonly staleForSeconds: number;
  readonly versions: Pick<Versions, 'known' | 'areCurrent'>;
  readonly metrics?: Metrics | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How services did that were asked in vain. */
export type Services = ReadonlyMap<string, ServiceState>;

/** Answers that were given and may be given again, as long as nothing changes where they came from. */
export interface Answers {
  /** A fresh answer to a request of the very same bytes. */
  readonly recall: (bytes: string) => Answer | undefined;
  /** A fresh answer to a question, and from now on to these bytes. */
  readonly find: (key: string, bytes: string) => Answer | undefined;
  /** Keeps a whole answer. `versions` are those that were known before it was begun, of the services that it came from. */
  readonly keep: (key: string, answer: Answer, versions: ServiceVersions) => void;
  /** An older answer to a question for which some services could not be asked. It says of what it is stale. */
  readonly standIn: (key: string, services: Services) => Answer | undefined;
  /** Forgets everything, and what is on its way as well, as when the schema has changed. */
  readonly clear: () => void;
}

interface Kept {
  readonly answer: Answer;
  readonly versions: ServiceVersions;
}

/** What an answer takes beside its body, about. */
const overhead = 1_000;

export function createAnswers(options: AnswersOptions): Answers {
  const { megabytes, staleForSeconds, versions, metrics = noMetrics, now = Date.now } = options;
  const bytes = Math.ceil(megabytes * 1024 * 1024);
  const kept = new LRUCache<string, Kept>({
    maxSize: bytes,
    // One huge answer does not drive out all others.
    maxEntrySize: Math.ceil(bytes / 8),
    sizeCalculation: ({ answer: { body } }) => body.length + overhead,
  });
  // By the bytes of a request, so that the same ones need not be read again. They may take as much as a quarter of the answers.
  const keys = new LRUCache<string, string>({
    maxSize: Math.ceil(bytes / 4),
    maxEntrySize: Math.ceil(bytes / 32),
    sizeCalculation: (_key, text) => text.length + overhead,
  });

  const count = metrics.counter({
    name: 'kept_answers_total',
    help: 'Answers that were given again: fresh, or stale in the place of one that lacked a country.',
    labels: ['as'],
  });
  metrics.gauge({ name: 'kept_answers_bytes', help: 'Room that kept answers take.' }, () => kept.calculatedSize);

  let clearedAt = 0;

  const findFresh = (key: string): Answer | undefined => {
    const found = kept.get(key);
    if (!found || now() >= found.answer.freshUntil || !versions.areCurrent(found.versions)) return undefined;
    count({ as: 'fresh' });
    return found.answer;
  };

  return {
    recall: (text) => {
      const key = keys.get(text);
      return key === undefined ? undefined : findFresh(key);
    },
    find: (key, text) => {
      const found = findFresh(key);
      // Only of what is asked again: what is asked once does not take the room.
      if (found) keys.set(text, key);
      return found;
    },
    keep: (key, answer, madeFrom) => {
      if (answer.freshUntil > answer.madeAt && answer.madeAt >= clearedAt)
        kept.set(key, { answer, versions: madeFrom });
    },
    standIn: (key, services) => {
      const isDown = (service: string): boolean => ['UNAVAILABLE', 'TIMEOUT'].includes(services.get(service) ?? '');
      const found = kept.get(key);
      if (!found || ![...services.keys()].some(isDown)) return undefined;
      const { answer, versions: madeFrom } = found;
      const last = Math.min(answer.madeAt + staleForSeconds * 1000, midnightAfter(answer.madeAt));
      if (now() >= last) return undefined;
      count({ as: 'stale' });
      const known = versions.known();
      const isStale = (service: string): boolean => isDown(service) || known.get(service) !== madeFrom.get(service);
      return { ...answer, body: withStale(answer.body, isStale), isKeepable: false };
    },
    clear: () => {
      clearedAt = now();
      kept.clear();
    },
  };
}
