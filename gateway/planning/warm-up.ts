import { Kind, parse, validate } from 'graphql';

import type { Graph } from './graph.js';
import { getOperationKey } from './operation-key.js';

/** A text that holds operations, and what it is named by. */
export interface KnownDocument {
  readonly hash: string;
  readonly text: string;
}

/** Plans operations that will be asked for. What is none under this graph's schema is left out. */
export async function warmUp(graph: Graph, known: readonly KnownDocument[]): Promise<void> {
  for (const { hash, text } of known) {
    const document = parse(text, { noLocation: true });
    if (validate(graph.schema, document).length > 0) continue;
    for (const operation of document.definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        await graph.prepare({ key: getOperationKey(hash, operation), document, operation }).catch(() => undefined);
  }
}
