import type { Loader } from '../../model/loader.js';
import { readTimeline, type Timeline } from '../../pictures/timeline.js';

/** Reads the growing groups. */
export const loadTimeline: Loader<Timeline> = readTimeline;
