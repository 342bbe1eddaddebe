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

/** Of V8: no object is created among those that live long. */
export const youngObjectsFlag = '--no-allocation-site-pretenuring';

/**
 * Lets V8 create all objects of this process among the youngest. For a process that reads large pages of rows.
 *
 * Where most of what a piece of code creates was in use at a few collections, V8 creates it among the objects that live long, which it rarely
 * collects. It does so with the array of the rows of each statement while several large pages are read at once: then the rows of every
 * page were copied as if they were in use, though no page is for longer than some milliseconds. That was a third of the CPU time of an export.
 */
export const createObjectsYoung = (): void => {
  setFlagsFromString(youngObjectsFlag);
};
