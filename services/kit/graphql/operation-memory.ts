import { getHeapStatistics } from 'node:v8';

/**
 * The memory of a process for everything that it caches about operations, in bytes. Clients can send any number of different
 * operations, so each cache takes a share of this, by measured size.
 */
export const operationMemoryBytes =
  1024 ** 2 * Math.min(128, Math.floor(getHeapStatistics().heap_size_limit / 4 / 1024 ** 2));

/** About how much memory a prepared operation takes: it grows when parts are compiled that depend on the data of a response. */
export interface OperationMemory {
  bytes: number;
}

/** The memory of what is compiled: measured, with a margin. */
export const bytesPerCompiled = {
  operation: 2_000,
  /** A character of a query plan as JSON: its texts are kept twice, as they are and as part of request bodies. */
  planCharacter: 4,
  variable: 400,
  /** A field of a response, for one type of object. */
  field: 500,
  /** A field that is resolved, of one type of object. */
  resolver: 2_000,
} as const;
