import { setFlagsFromString } from 'node:v8';

/** Of V8: how much is added to the heap between two collections, in percent of what is in use. */
export const heapGrowthFlag = '--heap-growing-percent=200';

/**
 * Lets the heap of this process grow to three times of what was in use, before V8 collects the garbage of all of it. For a process that
 * passes on large bodies.
 *
 * V8 counts buffers as growth of the heap, though they are outside of it and are collected with its youngest objects. By default it lets a
 * heap grow by as little as a tenth if few objects of it live long: a process whose heap has 40 MB then marked all of them after each
 * 15 MB of bodies, which took half of the CPU time of the gateway and of the portal in an export. V8 collects the youngest objects after
 * 32 MB of buffers, for which this leaves room.
 */
export const growHeapFreely = (): void => {
  setFlagsFromString(heapGrowthFlag);
};
