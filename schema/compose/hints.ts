import { composeServices } from '@apollo/composition';

import type { SubgraphSource } from './subgraph-sources.js';
import { parseSdl } from '../sdl/parse-sdl.js';

/** Something that a composer reports although it composes. */
export interface Hint {
  readonly code: string;
  readonly message: string;
}

/** The hints of Apollo's composer; the other composer has none. Empty if composition fails. */
export const collectHints = (subgraphs: readonly SubgraphSource[]): Hint[] =>
  (
    composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSdl(name, sdl) }))).hints ?? []
  ).map(({ definition, message }) => ({ code: definition.code, message }));

/**
 * Hints that lose nothing, each with the reason. Any other is a failure: a hint is the composer's only report that it leaves
 * something out of the graph.
 */
export const harmlessHints: Readonly<Record<string, string>> = {
  INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD:
    'The graph has every field of an interface. Europe declares of each only its id, and a country that is behind lacks the newest.',
  INCONSISTENT_OBJECT_VALUE_TYPE_FIELD:
    'The graph has every field of a value type. One that a country cannot resolve yet is @inaccessible, else composition fails.',
  INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM:
    'The graph has every value of an enum that is used only in responses. A country that is behind just never returns the newest.',
};

/** The hint about an optional argument that not every subgraph has yet: the graph gets it with the last of them. */
export const waitsForOthers = 'INCONSISTENT_ARGUMENT_PRESENCE';

/** The hints that lose something. */
export const findLossyHints = (hints: readonly Hint[]): string[] =>
  hints.filter(({ code }) => !(code in harmlessHints)).map(({ code, message }) => `${code}: ${message}`);
