import { Kind, parse, validate } from 'graphql';

import type { Graph } from './graph.js';
import { getOperationKey } from './operation-key.js';

/** A text with operations, and its hash. */
export interface KnownDocument {
  readonly hash: string;
  readonly text: string;
}

/** Plans operations that are likely to be requested. Texts that are not valid under the graph's schema are skipped. */
export async function warmUp(graph: Graph, documents: readonly KnownDocument[]): Promise<void> {
  for (const { hash, text } of documents) {
    const document = parse(text, { noLocation: true });
    if (validate(graph.schema, document).length > 0) continue;
    for (const operation of document.definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        await graph.prepare({ key: getOperationKey(hash, operation), document, operation }).catch(() => undefined);
  }
}
