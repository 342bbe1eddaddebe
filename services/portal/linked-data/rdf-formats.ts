import jsonld, { type JsonLdDocument } from 'jsonld';
import { Parser, Writer } from 'n3';

import { context, type LinkedNode } from './context.js';

/** A format in which documents are written. */
export interface RdfFormat {
  readonly mediaType: string;
  readonly extension: string;
  /** What a document begins and ends with, and what is between its parts. Turtle is not written in parts. */
  readonly frame: { readonly start: string; readonly between: string; readonly end: string };
  /** Nodes as a part of a document. */
  readonly writePart: (nodes: readonly LinkedNode[]) => Promise<string>;
}

/** The context is in each document: nothing is ever loaded. */
const documentLoader = (url: string): Promise<never> => Promise.reject(new Error(`A context is loaded: ${url}`));

/** The statements of nodes, one per line. All are in the default graph, so that N-Quads are N-Triples. */
const toNTriples = async (nodes: readonly LinkedNode[]): Promise<string> => {
  // The package's types exclude read-only arrays.
  const document: unknown = { '@context': context, '@graph': nodes };
  return (await jsonld.toRDF(document as JsonLdDocument, {
    documentLoader,
    format: 'application/n-quads',
  })) as unknown as string;
};

function toTurtle(triples: string): Promise<string> {
  const writer = new Writer({ prefixes: context });
  writer.addQuads(new Parser({ format: 'N-Triples' }).parse(triples));
  return new Promise((resolve, reject) => {
    writer.end((error: Error | null, text: string) => {
      if (error) reject(error);
      else resolve(text);
    });
  });
}

export const jsonLd: RdfFormat = {
  mediaType: 'application/ld+json',
  extension: 'jsonld',
  frame: { start: `{"@context":${JSON.stringify(context)},"@graph":[\n`, between: ',\n', end: '\n]}\n' },
  writePart: (nodes) => Promise.resolve(nodes.map((node) => JSON.stringify(node)).join(',\n')),
};

export const turtle: RdfFormat = {
  mediaType: 'text/turtle',
  extension: 'ttl',
  frame: { start: '', between: '', end: '' },
  writePart: async (nodes) => toTurtle(await toNTriples(nodes)),
};

export const nTriples: RdfFormat = {
  mediaType: 'application/n-triples',
  extension: 'nt',
  frame: { start: '', between: '', end: '' },
  writePart: toNTriples,
};
