import type { Concept } from './crosswalk.js';

/** The code of a text `scheme:notation`, as rows contain it. A scheme contains no colon; a notation may. */
export function parseConceptKey(text: string): Concept {
  const colon = text.indexOf(':');
  return { scheme: text.slice(0, colon), notation: text.slice(colon + 1) };
}
