import { Kind, parse, validate } from 'graphql';

import type { Graph } from './graph.js';
import { keyOf } from './operation-key.js';

/** A text that holds operations, and what it is named by. */
export interface KnownText {
  readonly hash: string;
  readonly text: string;
}

/** Plans operations that will be asked for. What is none under this graph's schema is left out. */
export async function warm(graph: Graph, known: readonly KnownText[]): Promise<void> {
  for (const { hash, text } of known) {
    const document = parse(text, { noLocation: true });
    if (validate(graph.schema, document).length > 0) continue;
    for (const operation of document.definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        await graph.warm({ key: keyOf(hash, operation), document, operation }).catch(() => undefined);
  }
}
