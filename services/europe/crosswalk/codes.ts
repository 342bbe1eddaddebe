import { normalise } from '../../shared/normalise.js';
import type { Concept } from './crosswalk.js';

/** The code of a text `scheme:notation`, as rows contain it. A scheme contains no colon; a notation may. */
export function parseConceptKey(text: string): Concept {
  const colon = text.indexOf(':');
  return { scheme: text.slice(0, colon), notation: text.slice(colon + 1) };
}

/**
 * How codes are written in the text in which needs are searched, each without its separators, also without its list or the country of
 * that: ` #itpnrr141 | #pnrr141 | #141 |`. No word of a statement begins with this sign, so that `1.4.1` does not find 1.4.4.
 */
export const toCodeText = (codes: readonly Concept[]): string =>
  codes
    .flatMap(({ scheme, notation }) =>
      [scheme, scheme.replace(/^[A-Z]{2}_/, ''), ''].map((list) => `${list} ${notation}`),
    )
    .map((written) => ` ${toSearchedCode(normalise(written))} |`)
    .join('');

/** The words of a search, as a code in that text. */
export const toSearchedCode = (words: string): string => `#${words.replaceAll(' ', '')}`;
