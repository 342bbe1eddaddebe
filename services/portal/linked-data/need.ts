import {
  addressOf,
  type Base,
  known,
  type LinkedNode,
  literal,
  optional,
  reference,
  type Source,
  sourceOf,
} from './context.js';

interface LocalisedText {
  readonly language: string;
  readonly text: string;
}

/** A need, as `operations/need.graphql` selects it. */
export interface Need {
  readonly id: string;
  readonly statements: readonly LocalisedText[];
  readonly legalBasis: string | null;
  readonly url: string | null;
  readonly codes: readonly {
    readonly scheme: string;
    readonly notation: string;
    readonly code: { readonly labels: readonly LocalisedText[] } | null;
  }[];
  readonly provenance: Source;
}

/** CCCEV: a need is a requirement; its codes are concepts of SKOS. */
export function describeNeed(base: Base, { id, statements, legalBasis, url, codes, provenance }: Need): LinkedNode[] {
  const address = addressOf(base, id);
  const concepts = codes.map(({ scheme, notation, code }) => ({
    '@id': `${base}/id/code#${encodeURIComponent(`${scheme}:${notation}`)}`,
    '@type': 'skos:Concept',
    'skos:notation': `${scheme}:${notation}`,
    'skos:prefLabel': code && code.labels.length > 0 ? code.labels.map(literal) : notation,
  }));
  return [
    {
      '@id': address,
      '@type': 'm8g:Requirement',
      ...known({
        'dct:identifier': id,
        'dct:description': statements.map(literal),
        'dct:subject': concepts.map((concept) => reference(concept['@id'])),
        'dct:references': legalBasis,
        'foaf:page': optional(url, reference),
      }),
      ...sourceOf(provenance),
    },
    ...concepts,
  ];
}
