import { getHeapStatistics } from 'node:v8';

/**
 * The memory of a process for everything that it caches about operations, in bytes. Clients can send any number of different
 * operations, so each cache takes a share of this, by measured size.
 */
export const operationMemoryBytes =
  1024 ** 2 * Math.min(128, Math.floor(getHeapStatistics().heap_size_limit / 4 / 1024 ** 2));
