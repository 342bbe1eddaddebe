import { Kind, parse, validate } from 'graphql';

import { compactDocument } from '../../services/kit/graphql/compact-document.js';
import { mergeRepeatedFields } from '../../services/kit/graphql/repeated-fields.js';
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
    // Clients have sent some of them: see there how long validation takes otherwise.
    const parsed = mergeRepeatedFields(parse(text));
    if (validate(graph.schema, parsed).length > 0) continue;
    const { document } = compactDocument(parsed);
    for (const operation of document.definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        await graph.prepare({ key: getOperationKey(hash, operation), document, operation }).catch(() => undefined);
  }
}
